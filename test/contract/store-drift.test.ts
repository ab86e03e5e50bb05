import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createDrift, type Drift } from '#control-plane/drift/drift.ts';
import type { FindingQuery } from '#control-plane/drift/findings.ts';
import { recordReport, type Recorded } from '#control-plane/drift/record-report.ts';
import { takeEvents } from '#control-plane/store/outbox.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import type { Finding, Severity } from '#proto/domain/finding.ts';
import type { Json } from '#proto/domain/json.ts';
import { toAgentId, type TenantId } from '#proto/domain/identity.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { eachDatabase, makeTenant } from '#test/harness/databases.ts';
import { day, makeFinding, makeReport } from '#test/harness/reports.ts';

const agent = toAgentId('00000000-0000-4000-8000-000000000001');
const all: FindingQuery = { limit: 100, state: 'all', noise: 'show' };

eachDatabase('drift', (db) => {
  test('a report comes back whole', async () => {
    const tenant = await makeTenant(db());
    const report = makeReport([makeFinding('aws_instance.b'), makeFinding('aws_instance.a', { noise: true, movedFrom: 'aws_instance.z' })], {
      ledger: { checked: 8, unsupported: 0, unreadable: 1, throttled: 0, stale: 0, gaps: [{ address: 'x.y', state: 'unreadable', reason: 'denied' }] },
      removed: [{ rule: 'name', path: 'aws_instance.b.password' }],
    });

    await record(tenant, report);

    const { stack, agent: reporter, receivedAt, id, ...told } = await drift().latestReport(tenant, report.id);
    expect({ ...told, id: stack }).toEqual(report);
    expect({ reporter, receivedAt }).toEqual({ reporter: agent, receivedAt: '2026-12-31T00:00:00.000Z' });
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a finding keeps when it was first seen while later reports have it too', async () => {
    const tenant = await makeTenant(db());

    await record(tenant, makeReport([makeFinding('a.b')], { scannedAt: day(1) }));
    const again = await record(tenant, makeReport([makeFinding('a.b')], { scannedAt: day(2) }));

    expect(again).toEqual({ fresh: true, opened: 0, changed: 0, resolved: 0, reopened: 0 });
    expect(await only(tenant)).toMatchObject({ firstSeen: day(1), lastSeen: day(2), resolvedAt: null });
  });

  test('a finding is opened, changes, is resolved and returns, and each is told with what was before', async () => {
    const tenant = await makeTenant(db());
    for (const [n, findings] of [[1, [makeFinding('a.b')]], [2, [makeFinding('a.b', { severity: 'high' })]], [3, []], [4, [makeFinding('a.b')]]] as const) {
      await record(tenant, makeReport(findings, { scannedAt: day(n) }));
    }

    const { events } = await drift().getFinding(tenant, (await only(tenant)).id);

    expect(events.map(({ kind, at, previous }) => [kind, at, previous?.severity ?? null])).toEqual([
      ['opened', day(1), null], ['changed', day(2), 'medium'], ['resolved', day(3), null], ['reopened', day(4), 'high'],
    ]);
  });

  test('one report opens, changes, repeats, reopens and resolves at once, and counts each', async () => {
    const tenant = await makeTenant(db());
    await record(tenant, makeReport(['a.changes', 'a.repeats', 'a.gone', 'a.returns'].map((address) => makeFinding(address)), { scannedAt: day(1) }));
    await record(tenant, makeReport(['a.changes', 'a.repeats', 'a.gone'].map((address) => makeFinding(address)), { scannedAt: day(2) }));

    const recorded = await record(tenant, makeReport([
      makeFinding('a.new'), makeFinding('a.returns', { severity: 'low' }), makeFinding('a.repeats'), makeFinding('a.changes', { severity: 'critical' }),
    ], { scannedAt: day(3) }));

    expect(recorded).toEqual({ fresh: true, opened: 1, changed: 1, resolved: 1, reopened: 1 });
    expect((await drift().listReports(tenant, 'network', { limit: 1 })).items[0]).toMatchObject({ opened: 1, changed: 1, resolved: 1, reopened: 1 });
    const { items } = await drift().listFindings(tenant, all);
    expect(Object.fromEntries(items.map(({ address, severity, lastSeen, resolvedAt }) => [address, [severity, lastSeen, resolvedAt]]))).toEqual({
      'a.new': ['medium', day(3), null], 'a.returns': ['low', day(3), null], 'a.repeats': ['medium', day(3), null],
      'a.changes': ['critical', day(3), null], 'a.gone': ['medium', day(2), day(3)],
    });
    expect((await drift().latestReport(tenant, 'network')).findings.map(({ address }) => address)).toEqual(['a.new', 'a.returns', 'a.repeats', 'a.changes']);
  });

  test('the same properties with their keys in another order are no change', async () => {
    const tenant = await makeTenant(db());
    const told = (after: Json) => makeFinding('a.b', { properties: [{ path: 'x', change: 'update', before: null, after, noise: null, attribution: null }] });
    await record(tenant, makeReport([told({ a: 1, b: [2] })], { scannedAt: day(1) }));

    const again = await record(tenant, makeReport([told({ b: [2], a: 1 })], { scannedAt: day(2) }));

    expect(again).toEqual({ fresh: true, opened: 0, changed: 0, resolved: 0, reopened: 0 });
    expect(await only(tenant)).toMatchObject({ lastSeen: day(2) });
  });

  test('every text of a finding comes back as it was sent, whatever characters it is made of', async () => {
    const tenant = await makeTenant(db());
    const texts = ['', ' ', 'a b', 'a\nb', '\n', '\t\r\u0001\u001f', '"', '\\', '\\u0000', '{a,b}', 'NULL', "'; --", '\u2028', '\u{1f600}'];
    const odd = (severity: Severity): readonly Finding[] => texts.map((text, n) => makeFinding(`${n}${text}`, {
      severity, type: text, severityRule: text, movedFrom: text, properties: [{ path: text, change: 'update', before: text, after: { [text]: [text] }, noise: text, attribution: { who: text, when: null, how: text } }],
    }));

    for (const [scan, severity] of (['medium', 'high'] as const).entries()) {
      await record(tenant, makeReport(odd(severity), { scannedAt: day(scan + 1) }));
      expect((await drift().latestReport(tenant, 'network')).findings).toEqual(odd(severity));
    }
    const { items } = await drift().listFindings(tenant, all);
    const befores = await Promise.all(items.map(async ({ id }) => (await drift().getFinding(tenant, id)).events[1]?.previous?.properties));
    expect(befores.toReversed()).toEqual(odd('medium').map(({ properties }) => properties));
  });

  test('an event that an older version wrote tells what was before, too', async () => {
    const tenant = await makeTenant(db());
    await record(tenant, makeReport([makeFinding('a.b')], { scannedAt: day(1) }));
    await record(tenant, makeReport([makeFinding('a.b', { severity: 'high' })], { scannedAt: day(2) }));
    const id = (await only(tenant)).id;
    const [, told] = (await drift().getFinding(tenant, id)).events;

    await asTenant(db(), tenant, (tx) => tx.query(`
      update finding_event set severity = null, change = null, cause = null, properties = null,
        previous = jsonb_build_object('severity', severity, 'change', change, 'cause', cause, 'properties', properties)`));

    const [, asBefore] = (await drift().getFinding(tenant, id)).events;
    expect(told?.previous).toMatchObject({ severity: 'medium', change: 'modified', properties: makeFinding('a.b').properties });
    expect(asBefore).toEqual(told);
  });

  test('a report that comes again changes nothing', async () => {
    const tenant = await makeTenant(db());
    const id = randomUUID();
    const report = makeReport([makeFinding('a.b')]);

    const [first, second] = [await record(tenant, report, id), await record(tenant, report, id)];

    expect([first.fresh, second.fresh]).toEqual([true, false]);
    expect((await drift().listReports(tenant, report.id, { limit: 10 })).items).toHaveLength(1);
  });

  test('the same report sent to two replicas at once is recorded once', async () => {
    const tenant = await makeTenant(db());
    const id = randomUUID();

    const recorded = await Promise.all([1, 2, 3].map(() => record(tenant, makeReport([makeFinding('a.b')]), id)));

    expect(recorded.filter(({ fresh }) => fresh)).toHaveLength(1);
    expect(recorded.filter(({ opened }) => opened === 1)).toHaveLength(1);
  });

  test('a stack that could not be read resolves nothing', async () => {
    const tenant = await makeTenant(db());
    await record(tenant, makeReport([makeFinding('a.b')], { scannedAt: day(1) }));

    await record(tenant, makeReport([], { scannedAt: day(2), error: { code: 'state-unreadable', message: 'no', next: 'look' } }));

    expect(await only(tenant)).toMatchObject({ resolvedAt: null });
    expect(await drift().getStack(tenant, 'network')).toMatchObject({ error: { code: 'state-unreadable' }, open: { medium: 1 } });
  });

  test.each([
    ['the address itself', 'module.net.aws_subnet.a["x"]'],
    ['the resource around it', 'module.net.aws_subnet.a'],
    ['the module around it', 'module.net'],
  ])('a finding is not resolved where %s was not checked', async (_, gap) => {
    const tenant = await makeTenant(db());
    await record(tenant, makeReport([makeFinding('module.net.aws_subnet.a["x"]'), makeFinding('module.network.x.y')], { scannedAt: day(1) }));

    await record(tenant, makeReport([], {
      scannedAt: day(2),
      ledger: { checked: 1, unsupported: 0, unreadable: 0, throttled: 1, stale: 0, gaps: [{ address: gap, state: 'throttled', reason: 'rate' }] },
    }));

    const open = await drift().listFindings(tenant, { ...all, state: 'open' });
    expect(open.items.map(({ address }) => address)).toEqual(['module.net.aws_subnet.a["x"]']);
  });

  test('a ledger that counts more gaps than it names resolves nothing', async () => {
    const tenant = await makeTenant(db());
    await record(tenant, makeReport([makeFinding('a.b')], { scannedAt: day(1) }));

    await record(tenant, makeReport([], { scannedAt: day(2), ledger: { checked: 1, unsupported: 2, unreadable: 0, throttled: 0, stale: 0, gaps: [] } }));

    expect(await only(tenant)).toMatchObject({ resolvedAt: null });
  });

  test('a late report neither resolves nor revives what is known from later scans', async () => {
    const tenant = await makeTenant(db());
    await record(tenant, makeReport([makeFinding('still.there', { severity: 'high' })], { scannedAt: day(3) }));

    await record(tenant, makeReport([makeFinding('gone.since')], { scannedAt: day(2) }));

    const { items } = await drift().listFindings(tenant, all);
    expect(items.map(({ address, lastSeen, resolvedAt }) => [address, lastSeen, resolvedAt])).toEqual([
      ['gone.since', day(2), day(3)], ['still.there', day(3), null],
    ]);
    expect((await drift().latestReport(tenant, 'network')).findings.map(({ address }) => address)).toEqual(['still.there']);
  });

  test('a clock that ran ahead does not freeze the history', async () => {
    const tenant = await makeTenant(db());
    await record(tenant, makeReport([makeFinding('a.b')], { scannedAt: '2099-01-01T00:00:00Z' }), randomUUID(), new Date(day(1)));

    await record(tenant, makeReport([], { scannedAt: day(2) }), randomUUID(), new Date(day(2)));

    expect(await only(tenant)).toMatchObject({ firstSeen: day(1), resolvedAt: day(2) });
  });

  test('what happened lies in the outbox, as ids and counts', async () => {
    const tenant = await makeTenant(db());
    await record(tenant, makeReport([makeFinding('a.b')], { scannedAt: day(1) }), '00000000-0000-4000-8000-00000000000a');
    await record(tenant, makeReport([makeFinding('a.b')], { scannedAt: day(2) }));

    const events = await asTenant(db(), tenant, (tx) => takeEvents(tx, 10));

    expect(events.map(({ topic, body }) => ({ topic, body }))).toEqual([{
      topic: 'drift.recorded',
      body: { stack: 'network', report: '00000000-0000-4000-8000-00000000000a', opened: 1, changed: 0, resolved: 0, reopened: 0 },
    }]);
  });

  test('a report of 2,000 findings is recorded and read back', async () => {
    const tenant = await makeTenant(db());
    const report = makeReport(Array.from({ length: 2_000 }, (_, n) => makeFinding(`a.b[${n}]`)));

    expect(await record(tenant, report)).toMatchObject({ opened: 2_000 });
    expect((await drift().latestReport(tenant, 'network')).findings).toEqual(report.findings);
    expect(await record(tenant, makeReport([], { scannedAt: day(2) }))).toMatchObject({ resolved: 2_000 });
  });

  test('text that the database cannot hold is mended, not refused', async () => {
    const tenant = await makeTenant(db());
    const properties = [{ path: 'user_data', change: 'update' as const, before: 'a\0b', after: { '\ud800': ['\udc00'] }, noise: null, attribution: null }];

    await record(tenant, makeReport([makeFinding('a.b', { properties })], { source: 'nul\0' }));

    const { source, findings } = await drift().latestReport(tenant, 'network');
    expect(source).toBe('nul\uFFFD');
    expect(findings[0]?.properties[0]).toMatchObject({ before: 'a\uFFFDb', after: { '\uFFFD': ['\uFFFD'] } });
  });

  test.each([
    ['nested beyond reason', makeReport([makeFinding('a.b', { properties: [{ path: 'x', change: 'update', before: null, after: nested(5_000), noise: null, attribution: null }] })])],
    ['without a time', makeReport([], { scannedAt: 'yesterday' })],
    ['with a finding twice', makeReport([makeFinding('a.b'), makeFinding('a.b')])],
  ])('a report %s is refused by name and leaves nothing', async (_, report) => {
    const tenant = await makeTenant(db());

    await expect(record(tenant, report)).rejects.toMatchObject({ code: 'report-invalid' });

    expect((await drift().listStacks(tenant, { limit: 10 })).items).toEqual([]);
  });

  test('no other tenant sees a stack, a report or a finding, nor changes them with a report of its own', async () => {
    const [mine, other] = [await makeTenant(db()), await makeTenant(db())];
    const id = randomUUID();
    await record(mine, makeReport([makeFinding('a.b')]), id);
    const finding = await only(mine);

    await record(other, makeReport([], { scannedAt: day(9) }), id);

    expect((await drift().listFindings(other, all)).items).toEqual([]);
    await expect(drift().getFinding(other, finding.id)).rejects.toMatchObject({ code: 'not-found' });
    expect((await drift().latestReport(other, 'network')).findings).toEqual([]);
    expect(await only(mine)).toEqual(finding);
  });

  test('an unknown stack or finding is not found', async () => {
    const tenant = await makeTenant(db());

    await expect(drift().getStack(tenant, 'nowhere')).rejects.toMatchObject({ code: 'not-found' });
    await expect(drift().listReports(tenant, 'nowhere', { limit: 1 })).rejects.toMatchObject({ code: 'not-found' });
    await expect(drift().latestReport(tenant, 'nowhere')).rejects.toMatchObject({ code: 'not-found' });
    await expect(drift().getFinding(tenant, randomUUID())).rejects.toMatchObject({ code: 'not-found' });
  });

  test('findings are filtered by stack, severity, state, noise, change, type and part of the address', async () => {
    const tenant = await makeTenant(db());
    await record(tenant, makeReport([makeFinding('old.one')], { id: 'b', scannedAt: day(1) }));
    await record(tenant, makeReport([], { id: 'b', scannedAt: day(2) }));
    await record(tenant, makeReport([
      makeFinding('a.critical', { severity: 'critical', change: 'missing' }),
      makeFinding('a.low', { severity: 'low', type: 'aws_vpc' }),
      makeFinding('a.noise', { noise: true }),
    ], { id: 'a', scannedAt: day(3) }));
    const addresses = async (query: Partial<FindingQuery>): Promise<readonly string[]> =>
      (await drift().listFindings(tenant, { limit: 10, state: 'open', noise: 'hide', ...query })).items.map(({ address }) => address).toSorted();

    expect(await addresses({})).toEqual(['a.critical', 'a.low']);
    expect(await addresses({ state: 'resolved' })).toEqual(['old.one']);
    expect(await addresses({ state: 'all', noise: 'show' })).toEqual(['a.critical', 'a.low', 'a.noise', 'old.one']);
    expect(await addresses({ noise: 'only' })).toEqual(['a.noise']);
    expect(await addresses({ state: 'all', stack: 'b' })).toEqual(['old.one']);
    expect(await addresses({ severity: 'high' })).toEqual(['a.critical']);
    expect(await addresses({ change: 'missing' })).toEqual(['a.critical']);
    expect(await addresses({ type: 'aws_vpc' })).toEqual(['a.low']);
    expect(await addresses({ address: 'crit' })).toEqual(['a.critical']);
    expect(await addresses({ address: '%' })).toEqual([]);
  });

  test('pages are complete and without doubles while reports come in', async () => {
    const tenant = await makeTenant(db());
    const before = Array.from({ length: 23 }, (_, n) => makeFinding(`a.b[${n}]`));
    await record(tenant, makeReport(before, { scannedAt: day(1) }));

    const seen: string[] = [];
    let cursor: string | undefined;
    for (let round = 2; ; round += 1) {
      const { items, next } = await drift().listFindings(tenant, { ...all, limit: 5, cursor });
      seen.push(...items.map(({ address }) => address));
      if (next === null) break;
      cursor = next;
      await record(tenant, makeReport([...before.slice(0, 5), makeFinding(`new.one[${round}]`)], { scannedAt: day(round) }));
    }

    expect(seen.toSorted()).toEqual(before.map(({ address }) => address).toSorted());
  });

  test('stacks and reports are paged too', async () => {
    const tenant = await makeTenant(db());
    for (const id of ['b', 'a', 'Ä/ö', 'c']) await record(tenant, makeReport([], { id }));
    for (const n of [2, 4, 3]) await record(tenant, makeReport([], { id: 'a', scannedAt: day(n) }));

    const stacks = await pages((cursor) => drift().listStacks(tenant, { limit: 1, cursor }));
    const reports = await pages((cursor) => drift().listReports(tenant, 'a', { limit: 3, cursor }));

    expect(stacks.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'Ä/ö']);
    expect(reports.map(({ scannedAt }) => scannedAt)).toEqual([day(4), day(3), day(2), day(1)]);
  });

  test('a cursor that was tampered with, or comes from another list, is refused', async () => {
    const tenant = await makeTenant(db());
    await record(tenant, makeReport([makeFinding('a.b'), makeFinding('c.d')]));
    const { next } = await drift().listFindings(tenant, { ...all, limit: 1 });
    const good = next ?? '';
    const queries: readonly FindingQuery[] = [
      ...[`x${good}`, good.slice(1), '%%%', ''].map((cursor) => ({ ...all, cursor })),
      { ...all, state: 'open', cursor: good },
    ];

    for (const query of queries) await expect(drift().listFindings(tenant, query)).rejects.toMatchObject({ code: 'request-invalid' });
    await expect(drift().listStacks(tenant, { limit: 1, cursor: good })).rejects.toMatchObject({ code: 'request-invalid' });
  });

  test('a stack counts its open findings by severity, without noise', async () => {
    const tenant = await makeTenant(db());
    await record(tenant, makeReport([makeFinding('a.b'), makeFinding('c.d', { severity: 'critical' }), makeFinding('e.f', { noise: true })]));

    const stack = await drift().getStack(tenant, 'network');

    expect(stack).toMatchObject({ kind: 'terraform', agent, lastScannedAt: day(1), open: { low: 0, medium: 1, high: 0, critical: 1 }, ledger: { checked: 10 } });
  });

  function drift(): Drift {
    return createDrift(db());
  }

  async function only(tenant: TenantId) {
    const { items } = await drift().listFindings(tenant, all);
    const [finding, ...others] = items;
    if (finding === undefined || others.length > 0) throw new Error(`${items.length} findings where one was expected`);
    return finding;
  }

  function record(tenant: TenantId, report: StackReport, reportId: string = randomUUID(), receivedAt = new Date('2026-12-31')): Promise<Recorded> {
    return asTenant(db(), tenant, (tx) => recordReport(tx, { agent, reportId, receivedAt }, report));
  }
});

async function pages<Item>(page: (cursor: string | undefined) => Promise<{ items: readonly Item[]; next: string | null }>): Promise<readonly Item[]> {
  const { items, next } = await page(undefined);
  const seen = [...items];
  for (let cursor = next; cursor !== null; ) {
    const following = await page(cursor);
    seen.push(...following.items);
    cursor = following.next;
  }
  return seen;
}

function nested(depth: number): Json {
  let value: Json = [];
  for (let n = 0; n < depth; n += 1) value = [value];
  return value;
}
