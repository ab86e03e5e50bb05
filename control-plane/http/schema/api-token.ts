import { z } from 'zod';
import { moment, next } from './page.ts';
import { tokenName } from './token.ts';

/** What a token may do: a viewer looks, an operator also acts on the fleet, an administrator also gives out tokens. */
export const roles = ['viewer', 'operator', 'admin'] as const;

/** Asks for an API token. */
export const NewApiToken = z.strictObject({
  name: tokenName.describe('What it is for, for people'),
  role: z.enum(roles),
});
export type NewApiToken = z.infer<typeof NewApiToken>;

/** An API token without its secret. */
export const ApiToken = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.string(),
    createdAt: moment,
    lastUsedAt: moment.nullable(),
    revokedAt: moment.nullable(),
  })
  .meta({ id: 'ApiToken' });
export type ApiToken = z.infer<typeof ApiToken>;

/** An API token, told once: only its hash is kept. */
export const MadeApiToken = z
  .object({ id: z.string(), name: z.string(), role: z.string(), token: z.string().describe('A secret; it is told once') })
  .meta({ id: 'MadeApiToken' });
export type MadeApiToken = z.infer<typeof MadeApiToken>;

export const ApiTokenPage = z.object({ apiTokens: z.array(ApiToken), next }).meta({ id: 'ApiTokenPage' });
