import { Fault } from '#proto/domain/fault.ts';
import type { AgentId } from '#proto/domain/identity.ts';
import { publish } from '../store/outbox.ts';
import type { TenantTx } from '../store/tenant-tx.ts';

interface Asking {
  readonly agent: AgentId;
  /** Of the key for which a certificate is asked: an approval is for it alone. */
  readonly keyHash: Uint8Array;
  readonly serial: string;
  readonly remoteAddress: string;
  readonly now: Date;
  readonly newId: () => string;
}

/** Where a request stands. */
interface Standing {
  readonly id: string;
  /** Null where a person has approved it, and that not too long ago. */
  readonly refusal: Fault | null;
  readonly decidedBy: string | null;
}

interface Row {
  readonly id: string;
  readonly decision: 'approved' | 'denied' | null;
  readonly decided_at: Date | null;
  readonly decided_by: string | null;
}

/** An agent makes one key until it has its certificate; more keys are more copies of its disk. */
const mostWaiting = 3;
const waitingMs = 7 * 24 * 3_600_000;
/** An approval that nobody used by then is asked for again. */
export const approvalLastsMs = 24 * 3_600_000;

/**
 * Writes the request down, or takes note that it came again, in a transaction that holds the agent's row. A refusal is
 * answered, not thrown: what was written is to be committed.
 */
export async function askedOrDecided(tx: TenantTx, asking: Asking): Promise<Standing> {
  const { agent, keyHash, remoteAddress, serial, now } = asking;
  const known = await tx.query<Row>(
    `update recovery_request set last_asked_at = $3, remote_address = $4, serial = $5 where agent = $1 and key_hash = $2
     returning id, decision, decided_at, decided_by`,
    [agent, keyHash, now, remoteAddress, serial],
  );
  const row = known.rows[0] ?? (await begin(tx, asking));
  return row instanceof Fault ? { id: '', refusal: row, decidedBy: null } : { id: row.id, refusal: judge(row, now), decidedBy: row.decided_by };
}

async function begin(tx: TenantTx, { agent, keyHash, serial, remoteAddress, now, newId }: Asking): Promise<Row | Fault> {
  const waiting = await tx.query<{ count: number }>(
    'select count(*)::int as count from recovery_request where agent = $1 and decision is null and recovered_at is null and last_asked_at > $2',
    [agent, new Date(now.getTime() - waitingMs)],
  );
  const { count = 0 } = waiting.rows[0] ?? {};
  if (count >= mostWaiting) return new Fault('recovery-limited', { agent, waiting: count });
  const id = newId();
  await tx.query('insert into recovery_request (id, agent, key_hash, serial, remote_address, asked_at, last_asked_at) values ($1, $2, $3, $4, $5, $6, $6)', [id, agent, keyHash, serial, remoteAddress, now]);
  await publish(tx, { topic: 'fleet.recovery-asked', body: { request: id, agent, serial, address: remoteAddress }, createdAt: now });
  return { id, decision: null, decided_at: null, decided_by: null };
}

function judge({ id, decision, decided_at }: Row, now: Date): Fault | null {
  if (decision === 'denied') return new Fault('recovery-forbidden', { request: id, reason: 'an operator said no' });
  const isFresh = decision === 'approved' && decided_at !== null && now.getTime() - decided_at.getTime() <= approvalLastsMs;
  return isFresh ? null : new Fault('recovery-awaits-approval', { request: id });
}

/** Marks it as done; a lost answer may still be asked for with the same key. */
export async function noteRecovered(tx: TenantTx, id: string, now: Date): Promise<void> {
  await tx.query('update recovery_request set recovered_at = coalesce(recovered_at, $2) where id = $1', [id, now]);
}
