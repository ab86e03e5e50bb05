import { z } from 'zod';

const Role = z.string().regex(/^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/, 'expected the ARN of a role, arn:aws:iam::123456789012:role/NAME');

const Account = z.strictObject({
  /** How the account is called in output and in `cloudformation://NAME/…`. */
  name: z.string().regex(/^[\w.-]{1,64}$/, 'expected letters, digits, dots, dashes and underscores').default('default'),
  /** Of ~/.aws/config. */
  profile: z.string().min(1).optional(),
  /** Taken through STS; a list is taken one after the other. */
  role: z.union([Role, z.array(Role).min(1).max(5)]).optional(),
  /** For the last of the roles. */
  externalId: z.string().min(2).max(1224).optional(),
  /** Without any, the one of the environment or profile. */
  regions: z.array(z.string().regex(/^[a-z0-9-]{1,63}$/, 'expected a region such as eu-central-1')).default([]),
  /** Names, with `*` and `?`; a `!` in front takes away from those before. */
  stacks: z.array(z.string().min(1)).min(1).default(['*']),
  /** Templates in files by the name of the stack that they make, relative to the file they are named in. */
  templates: z.record(z.string().min(1), z.string().min(1)).default({}),
});
export type Account = z.infer<typeof Account>;

/** What dd0c.yaml says under `cloudformation`. */
export const CloudFormationSettings = z.strictObject({
  accounts: z.array(Account).min(1).refine((accounts) => new Set(accounts.map(({ name }) => name)).size === accounts.length, 'two accounts have the same name'),
  /** Requests that one scan may make to one account and region. */
  requests: z.int().positive().default(2_000),
});
export type CloudFormationSettings = z.infer<typeof CloudFormationSettings>;

/** Where dd0c.yaml says nothing: the credentials and region of the environment. */
export const defaultSettings: CloudFormationSettings = CloudFormationSettings.parse({ accounts: [{}] });
