import { z } from 'zod';
import { moment, next } from './page.ts';

/** A name that a person gives a token. */
export const tokenName = z.string().trim().min(1).max(100).regex(/^[\P{C}]*$/u, 'no control characters');

/** Names and values that tell agents apart. */
export const labels = z
  .record(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$/, 'letters, digits and . _ / -'), z.string().max(63).regex(/^\P{C}*$/u, 'no control characters'))
  .refine((given) => Object.keys(given).length <= 32, 'at most 32 labels');

/** CIDR blocks. */
export const networks = z.array(z.string().max(64)).max(64);

/** Asks for a join token. */
export const NewJoinToken = z.strictObject({
  name: tokenName.optional().describe('What it is for, for people'),
  uses: z.number().int().min(1).max(10_000).default(1).describe('How many agents it may enrol'),
  ttlSeconds: z.number().int().min(60).max(30 * 24 * 3_600).default(3_600).describe('How long it lives'),
  labels: labels.optional().describe('Given to every agent that joins with it'),
  networks: networks.optional().describe('CIDR blocks from one of which a host must join; none means any'),
});
export type NewJoinToken = z.infer<typeof NewJoinToken>;

/** A join token, told once: only its hash is kept. */
export const MadeJoinToken = z
  .object({
    id: z.string(),
    token: z.string().describe('A secret; it is told once'),
    server: z.string().describe('`host:port` of the enrolment door'),
    caPin: z.string().describe('`sha256:` and the hash of the key of the root certificate'),
    expiresAt: moment,
    command: z.string().describe('One line that enrols a host; it asks for the token instead of holding it'),
  })
  .meta({ id: 'MadeJoinToken' });
export type MadeJoinToken = z.infer<typeof MadeJoinToken>;

/** A join token without its secret. */
export const JoinToken = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    uses: z.number().int(),
    used: z.number().int(),
    labels: z.record(z.string(), z.string()),
    networks: z.array(z.string()).readonly(),
    createdAt: moment,
    expiresAt: moment,
    revokedAt: moment.nullable(),
  })
  .meta({ id: 'JoinToken' });
export type JoinToken = z.infer<typeof JoinToken>;

export const JoinTokenPage = z.object({ tokens: z.array(JoinToken), next }).meta({ id: 'JoinTokenPage' });
