import { Fault } from '#proto/domain/fault.ts';
import type { AgentId } from '#proto/domain/identity.ts';
import type { Json } from '#proto/domain/json.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { publish } from '../store/outbox.ts';
import type { TenantTx } from '../store/tenant-tx.ts';
import { applyFindings } from './apply-findings.ts';
import { storable } from './storable.ts';

/** Where a report came from. */
export interface Origin {
  readonly agent: AgentId;
  /** The UUID that the agent gave it; the same one again changes nothing. */
  readonly reportId: string;
  readonly receivedAt: Date;
}

/** What a report did to the findings of its stack. */
export interface Recorded {
  /** False where this report had been recorded before. */
  readonly fresh: boolean;
  readonly opened: number;
  readonly changed: number;
  readonly resolved: number;
  readonly reopened: number;
}

const nothing: Recorded = { fresh: false, opened: 0, changed: 0, resolved: 0, reopened: 0 };

/**
 * Writes one report into the history of its stack. When each finding was first and last seen and resolved depends on
 * when the scans were made, not on the order in which their reports arrive.
 * @throws Fault `report-invalid` where its time is no time, a finding comes twice, or a value cannot be stored.
 */
export async function recordReport(tx: TenantTx, origin: Origin, report: StackReport): Promise<Recorded> {
  const { findings, ...head } = storable(report as unknown as Json) as unknown as StackReport;
  refuseDoubles(report);
  const observedAt = observed(report.scannedAt, origin.receivedAt);

  const stack = await lockStack(tx, origin.agent, head, observedAt);
  const conclusive = isConclusive(report);
  const { rows } = await tx.query<{ ordinal: number }>(
    `insert into report (id, agent, stack, observed_at, received_at, conclusive, head, findings, noise)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9)
     on conflict (tenant, agent, id) do nothing returning ordinal`,
    [
      origin.reportId, origin.agent, stack.ordinal, observedAt, origin.receivedAt, conclusive, JSON.stringify(head),
      findings.filter(({ noise }) => !noise).length, findings.filter(({ noise }) => noise).length,
    ],
  );
  const [written] = rows;
  if (written === undefined) return nothing;

  const late = observedAt < stack.observed_at;
  const effect = await applyFindings(tx, { stack: stack.ordinal, report: written.ordinal, observedAt, first: stack.last_report === null, late, conclusive, findings });
  if (!late) await moveStack(tx, { stack: stack.ordinal, report: written.ordinal, agent: origin.agent, observedAt }, head);
  const recorded = { fresh: true, ...effect };
  if (effect.opened + effect.changed + effect.resolved + effect.reopened > 0) {
    await publish(tx, { topic: 'drift.recorded', body: { stack: head.id, report: origin.reportId, ...effect }, createdAt: origin.receivedAt });
  }
  return recorded;
}

type Head = Omit<StackReport, 'findings'>;

/** Makes the stack known, and holds it until the transaction ends: its reports are written one after the other. */
async function lockStack(tx: TenantTx, agent: AgentId, { id, kind, source, against }: Head, observedAt: Date) {
  const { rows } = await tx.query<{ ordinal: number; observed_at: Date; last_report: number | null }>(
    `insert into stack (id, kind, source, against, agent, first_seen_at, observed_at) values ($1, $2, $3, $4, $5, $6, $6)
     on conflict (tenant, id) do update set first_seen_at = least(stack.first_seen_at, excluded.first_seen_at)
     returning ordinal, observed_at, last_report`,
    [id, kind, source, against, agent, observedAt],
  );
  const [stack] = rows;
  if (stack === undefined) throw new Fault('broken', { reason: 'an upsert answered no row' });
  return stack;
}

async function moveStack(tx: TenantTx, to: { stack: number; report: number; agent: AgentId; observedAt: Date }, head: Head): Promise<void> {
  await tx.query(
    `update stack set kind = $2, source = $3, against = $4, agent = $5, observed_at = $6, last_report = $7 where ordinal = $1`,
    [to.stack, head.kind, head.source, head.against, to.agent, to.observedAt, to.report],
  );
}

/** The time of the scan, bounded by what is possible: a clock that runs ahead must not outlive its own mistake. */
function observed(scannedAt: string, receivedAt: Date): Date {
  const scanned = Date.parse(scannedAt);
  if (Number.isNaN(scanned)) throw new Fault('report-invalid', { reason: 'scannedAt is no time' });
  return new Date(Math.max(0, Math.min(scanned, receivedAt.getTime())));
}

/** Above `maxGapsTold` the ledger counts gaps that it does not name, and then nothing is known of what is absent. */
function isConclusive({ error, ledger }: StackReport): boolean {
  return error === null && ledger.gaps.length >= ledger.unsupported + ledger.unreadable + ledger.throttled + ledger.stale;
}

function refuseDoubles({ findings }: StackReport): void {
  const known = new Set(findings.map(({ fingerprint }) => fingerprint));
  if (known.size < findings.length) throw new Fault('report-invalid', { reason: 'a fingerprint comes twice' });
}
