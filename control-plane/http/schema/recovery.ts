import { z } from 'zod';
import { moment, next } from './page.ts';

/** What becomes of an agent that comes after its certificate ran out. */
export const RecoveryPolicy = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('never') }),
    z.strictObject({ kind: z.literal('ask') }),
    z.strictObject({ kind: z.literal('within'), seconds: z.number().int().min(60).max(365 * 24 * 3_600) }),
  ])
  .describe('`never`; `ask`: a person approves; `within`: so long after the certificate ended it is let in, and later a person is asked')
  .meta({ id: 'RecoveryPolicy' });
export type RecoveryPolicy = z.infer<typeof RecoveryPolicy>;

export const RecoveryPolicySetting = z.strictObject({ policy: RecoveryPolicy });
export const AgentRecoveryPolicySetting = z.strictObject({ policy: RecoveryPolicy.nullable().describe('null lets the policy of the tenant hold') });

/** An agent that asks to come back. */
export const RecoveryView = z
  .object({
    id: z.string(),
    agent: z.string(),
    hostname: z.string(),
    state: z.enum(['waiting', 'approved', 'denied', 'recovered']),
    key: z.string().describe('SHA-256 of the key for which it asks: two of one agent are two copies of its disk'),
    address: z.string(),
    askedAt: moment,
    lastAskedAt: moment,
    decidedAt: moment.nullable(),
  })
  .meta({ id: 'Recovery' });
export type RecoveryView = z.infer<typeof RecoveryView>;

export const RecoveryPage = z.object({ recoveries: z.array(RecoveryView), next }).meta({ id: 'RecoveryPage' });
