import { z } from 'zod';
import { roles } from '../../access/methods.ts';
import { moment, next } from './page.ts';
import { tokenName } from './token.ts';

/** Asks for an API token. */
export const NewApiToken = z.strictObject({
  name: tokenName.describe('What it is for, for people'),
  role: z.enum(roles).describe('A viewer looks, an operator also acts on the fleet, an administrator also gives out tokens'),
  ttlSeconds: z.number().int().min(60).max(10 * 365 * 24 * 3_600).optional().describe('How long it lives; without it, until it is revoked'),
});

/** An API token without its secret. */
export const ApiToken = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.enum(roles),
    createdAt: moment,
    expiresAt: moment.nullable(),
    lastUsedAt: moment.nullable(),
    revokedAt: moment.nullable(),
  })
  .meta({ id: 'ApiToken' });

/** An API token, told once: only its hash is kept. */
export const MadeApiToken = z
  .object({ id: z.string(), name: z.string(), role: z.enum(roles), token: z.string().describe('A secret; it is told once') })
  .meta({ id: 'MadeApiToken' });

export const ApiTokenPage = z.object({ apiTokens: z.array(ApiToken), next }).meta({ id: 'ApiTokenPage' });
