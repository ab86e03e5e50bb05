import { z } from 'zod';

const name = z.string().min(1).max(200);

const CustomerPattern = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'lower case, digits and dashes'),
  /** RE2 syntax; the first group is the secret, or all of it where there is no group. */
  pattern: z.string().min(1).max(1_000),
  /** Words of which one must stand near, in any case; without any, all of a text is searched. */
  keywords: z.array(z.string().min(2).max(100)).max(50).default([]),
});
export type CustomerPattern = z.infer<typeof CustomerPattern>;

/** The `scrub` section of dd0c.yaml: what this customer calls secret, and what never is. */
export const CustomerRules = z.strictObject({
  patterns: z.array(CustomerPattern).max(200).default([]),
  /** Field names whose values are secret, compared without regard to case. */
  names: z.array(name).max(1_000).default([]),
  /** Places of resources, `type.attribute`: `*` stands for any one step, a list's index is left out, all below is covered. */
  paths: z.array(name).max(1_000).default([]),
  /** What names and patterns never remove: a value, a field's name, or a place written as in `paths`. */
  allow: z.array(name).max(1_000).default([]),
});
export type CustomerRules = z.infer<typeof CustomerRules>;
