import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { getFinding, listFindings, type FindingDetail, type FindingEvent } from '#control-plane/drift/findings.ts';
import { recordReport } from '#control-plane/drift/record-report.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import { toAgentId, type TenantId } from '#proto/domain/identity.ts';
import type { Severity } from '#proto/domain/finding.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { eachDatabase, makeTenant } from '#test/harness/databases.ts';
import { day, makeFinding, makeReport } from '#test/harness/reports.ts';

const agent = toAgentId('00000000-0000-4000-8000-000000000001');
const addresses = ['m.a', 'm.b', 'm.c'] as const;

/** What one scan sees of each address; `unnamed` counts gaps that it does not name. */
interface Scan {
  readonly at: number;
  readonly failed: boolean;
  readonly unnamed: boolean;
  readonly sees: readonly ('absent' | 'unchecked' | Severity)[];
}

const anyScan = fc.record({
  failed: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
  unnamed: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  sees: fc.tuple(...addresses.map(() => fc.constantFrom('absent' as const, 'absent' as const, 'unchecked' as const, 'low' as const, 'high' as const))),
});
const someScans = fc.array(anyScan, { minLength: 1, maxLength: 8 }).map((scans) => scans.map((scan, index): Scan => ({ ...scan, at: index + 1 })));
/** Scans in any order of arrival, some of them twice. */
const arrivals = someScans.chain((scans) => fc.tuple(
  fc.constant(scans),
  fc.shuffledSubarray(scans, { minLength: scans.length }),
  fc.array(fc.nat({ max: scans.length - 1 }), { maxLength: 3 }),
));

eachDatabase('the history of findings', (db) => {
  test('depends on when the scans were made, not on how their reports arrive', async () => {
    await fc.assert(fc.asyncProperty(arrivals, async ([scans, order, again]) => {
      const tenant = await makeTenant(db());
      const ids = new Map(scans.map((scan) => [scan, randomUUID()]));

      for (const scan of [...order, ...again.flatMap((n) => scans[n] ?? [])]) await record(tenant, scan, ids.get(scan) ?? '');

      expect(await known(tenant)).toEqual(expected(scans));
    }), { numRuns: 25 });
  }, 120_000);

  test('is told by events that open once, then resolve and reopen in turn, and end where the finding stands', async () => {
    await fc.assert(fc.asyncProperty(arrivals, async ([, order]) => {
      const tenant = await makeTenant(db());

      for (const scan of order) await record(tenant, scan, randomUUID());

      for (const { resolvedAt, events } of await details(tenant)) {
        const turns = events.map(({ kind }) => kind).filter((kind) => kind !== 'changed');
        expect(turns).toEqual(turns.map((_, index) => (index === 0 ? 'opened' : index % 2 === 1 ? 'resolved' : 'reopened')));
        expect(turns.at(-1) === 'resolved').toBe(resolvedAt !== null);
        expect(lastResolved(events)).toBe(resolvedAt);
      }
    }), { numRuns: 25 });
  }, 120_000);

  async function record(tenant: TenantId, scan: Scan, reportId: string): Promise<void> {
    await asTenant(db(), tenant, (tx) => recordReport(tx, { agent, reportId, receivedAt: new Date('2026-12-31') }, toReport(scan)));
  }

  async function details(tenant: TenantId): Promise<readonly FindingDetail[]> {
    return asTenant(db(), tenant, async (tx) => {
      const { items } = await listFindings(tx, { limit: 100, state: 'all', noise: 'show' });
      const findings: FindingDetail[] = [];
      for (const { id } of items) findings.push(await getFinding(tx, id));
      return findings;
    });
  }

  async function known(tenant: TenantId) {
    const findings = (await details(tenant)).map(({ address, severity, firstSeen, lastSeen, resolvedAt }) => ({ address, severity, firstSeen, lastSeen, resolvedAt }));
    return findings.toSorted((a, b) => a.address.localeCompare(b.address));
  }
});

function toReport({ at, failed, unnamed, sees }: Scan): StackReport {
  const gaps = addresses.filter((_, index) => sees[index] === 'unchecked').map((address) => ({ address, state: 'throttled' as const, reason: 'rate' }));
  return makeReport(
    addresses.flatMap((address, index) => {
      const seen = sees[index];
      return seen === undefined || seen === 'absent' || seen === 'unchecked' ? [] : [makeFinding(address, { severity: seen })];
    }),
    {
      scannedAt: day(at),
      error: failed ? { code: 'state-unreadable', message: 'no', next: 'look' } : null,
      ledger: { checked: 3, unsupported: 0, unreadable: unnamed ? 1 : 0, throttled: gaps.length, stale: 0, gaps },
    },
  );
}

/** The law, said simply: seen from the first to the last scan that has it, resolved by the first later one that would have seen it. */
function expected(scans: readonly Scan[]) {
  return addresses.flatMap((address, index) => {
    const seen = scans.filter(({ sees }) => sees[index] === 'low' || sees[index] === 'high');
    const [first, last] = [seen.at(0), seen.at(-1)];
    if (first === undefined || last === undefined) return [];
    const without = scans.find(({ at, failed, unnamed, sees }) => at > last.at && !failed && !unnamed && sees[index] === 'absent');
    return [{ address, severity: last.sees[index], firstSeen: day(first.at), lastSeen: day(last.at), resolvedAt: without === undefined ? null : day(without.at) }];
  });
}

function lastResolved(events: readonly FindingEvent[]): string | null {
  const last = events.findLast(({ kind }) => kind !== 'changed');
  return last?.kind === 'resolved' ? last.at : null;
}
