import { Fault } from '#proto/domain/fault.ts';
import type { AgentId } from '#proto/domain/identity.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { publish } from '../store/outbox.ts';
import type { TenantTx } from '../store/tenant-tx.ts';
import { applyFindings } from './apply-findings.ts';
import { storable } from './storable.ts';
import { tell } from './told.ts';

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
  const { findings, ...whole } = report;
  const head = storable(whole) as unknown as Head;
  const told = findings.map(tell);
  refuseDoubles(report);
  const observedAt = observed(report.scannedAt, origin.receivedAt);

  const { stack, written, ...before } = await begin(tx, origin, { head, observedAt, conclusive: isConclusive(report), noise: findings.filter(({ noise }) => noise).length, findings: findings.length });
  if (written === null) return nothing;

  const late = observedAt < before.observed_at;
  const effect = await applyFindings(tx, { stack, report: written, observedAt, first: before.last_report === null, late, conclusive: isConclusive(report), told });
  const happened = effect.opened + effect.changed + effect.resolved + effect.reopened > 0;
  if (happened) await tx.query('update report set opened = $2, changed = $3, resolved = $4, reopened = $5 where ordinal = $1', [written, effect.opened, effect.changed, effect.resolved, effect.reopened]);
  if (!late) await moveStack(tx, { stack, report: written, agent: origin.agent, observedAt }, head);
  if (happened) await publish(tx, { topic: 'drift.recorded', body: { stack: head.id, report: origin.reportId, ...effect }, createdAt: origin.receivedAt });
  return { fresh: true, ...effect };
}

type Head = Omit<StackReport, 'findings'>;

interface Scan {
  readonly head: Head;
  readonly observedAt: Date;
  readonly conclusive: boolean;
  /** How many, and how many of them are noise. */
  readonly findings: number;
  readonly noise: number;
}

/** How a stack was before, and the ordinal of the report, or null where it had been recorded before. */
interface Begun {
  readonly stack: number;
  readonly observed_at: Date;
  readonly last_report: number | null;
  readonly written: number | null;
}

/** Makes stack and report known, and holds the stack until the transaction ends: its reports are written one after the other. */
async function begin(tx: TenantTx, { agent, reportId, receivedAt }: Origin, { head, observedAt, conclusive, findings, noise }: Scan): Promise<Begun> {
  const { rows } = await tx.query<Begun>(
    `with held as (
       insert into stack (id, kind, source, against, agent, first_seen_at, observed_at) values ($1, $2, $3, $4, $5::uuid, $6, $6::timestamptz)
       on conflict (tenant, id) do update set first_seen_at = least(stack.first_seen_at, excluded.first_seen_at)
       returning ordinal, observed_at, last_report
     ), written as (
       insert into report (id, agent, stack, observed_at, received_at, conclusive, head, findings, noise)
       select $7::uuid, $5::uuid, ordinal, $6::timestamptz, $8::timestamptz, $9::boolean, $10::jsonb, $11::int, $12::int from held
       on conflict (tenant, agent, id) do nothing returning ordinal
     )
     select ordinal as stack, observed_at, last_report, (select ordinal from written) as written from held`,
    [head.id, head.kind, head.source, head.against, agent, observedAt, reportId, receivedAt, conclusive, JSON.stringify(head), findings - noise, noise],
  );
  const [begun] = rows;
  if (begun === undefined) throw new Fault('broken', { reason: 'an upsert answered no row' });
  return begun;
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
