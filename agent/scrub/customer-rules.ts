import { z } from 'zod';

const name = z.string().min(1).max(200);

/** The `scrub` section of dd0c.yaml: what this customer calls secret, and what never is. */
export const CustomerRules = z.strictObject({
  /** RE2 syntax; the first group is the secret, or all of it where there is no group. */
  patterns: z
    .array(z.strictObject({ name, pattern: z.string().min(1).max(1_000), keywords: z.array(z.string().min(2).max(100)).default([]) }))
    .default([]),
  /** Field names whose values are secret, compared without regard to case. */
  names: z.array(name).default([]),
  /** Paths of resources, `type.attribute` with `*` for any one step: `aws_instance.user_data`. */
  paths: z.array(name).default([]),
  /** Values, or field names with their path, that are never removed by names or patterns. */
  allow: z.array(name).default([]),
});
export type CustomerRules = z.infer<typeof CustomerRules>;
