import type { Logger } from 'pino';
import { bringForward, notYetValid } from '#ca/bring-forward.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import { asFault, Fault } from '#proto/domain/fault.ts';
import { publish } from '../store/outbox.ts';
import { enterTenant } from '../store/tenant-tx.ts';
import type { AuthorityKeeper } from './keeper.ts';

export interface BegunParts {
  readonly keeper: AuthorityKeeper;
  /** In the order in which they came: the first one's trail tells of the authority. */
  readonly tenants: () => Promise<readonly TenantId[]>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly random: (count: number) => Uint8Array;
  readonly log: Pick<Logger, 'warn' | 'error'>;
}

/**
 * Sees to it that the certificates of the authority have begun. Where the clock was ahead when they were made, nobody whose
 * clock is right would believe this server for days; the same keys are certified anew. What cannot be mended is told.
 */
export async function keepBegun({ keeper, tenants, clock, random, log }: BegunParts): Promise<void> {
  const [first] = notYetValid(keeper.document, clock());
  if (first === undefined) return;
  const { message, next } = new Fault('authority-not-yet-valid');
  log.warn({ fault: 'authority-not-yet-valid', reason: message, next, subject: first.subject, notBefore: first.notBefore.toISOString(), now: new Date(clock()).toISOString() }, 'THE AUTHORITY BEGINS IN THE FUTURE: it was made while a clock was ahead, or this clock is behind');
  try {
    const [tenant] = await tenants();
    await keeper.change(async (document) => ({
      document: await bringForward(document, { nowMs: clock(), randomBytes: random }),
      answer: null,
      tell: async (tx) => {
        if (tenant === undefined) return;
        const body = { begins: first.notBefore.toISOString(), by: null };
        await publish(await enterTenant(tx, tenant), { topic: 'ca.brought-forward', body, createdAt: new Date(clock()) });
      },
    }));
    log.warn('the keys of the authority were certified anew, from now on; pins are what they were');
  } catch (error) {
    const fault = asFault(error);
    log.error({ fault: fault.code, reason: fault.message, next: fault.next }, 'the authority could not be certified anew');
  }
}
