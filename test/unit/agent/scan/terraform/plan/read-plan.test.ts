import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#proto/domain/json.ts';
import type { Sighting } from '#proto/domain/resource.ts';
import { readPlan } from '#agent/scan/terraform/plan/read-plan.ts';

function change(actions: readonly string[], before: JsonObject | null, after: JsonObject | null, more: JsonObject = {}): JsonObject {
  return { address: 'a.b', mode: 'managed', type: 'a', name: 'b', provider_name: 'registry.terraform.io/x/a', change: { actions: [...actions], before, after, ...more } };
}

function plan(parts: JsonObject): JsonObject {
  return { format_version: '1.2', ...parts };
}

function valuesOf(sighting: Sighting | undefined): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(sighting?.sides ?? {}).map(([name, side]) => [name, side === null ? null : side.values]));
}

const one = { n: 1 };
const two = { n: 2 };
const three = { n: 3 };

describe('each action says what each side holds', () => {
  test.each([
    ['no-op', plan({ resource_changes: [change(['no-op'], one, one)] }), { recorded: one, live: one, code: one }],
    ['update', plan({ resource_changes: [change(['update'], one, two)] }), { recorded: one, live: one, code: two }],
    ['create', plan({ resource_changes: [change(['create'], null, one)] }), { recorded: null, live: null, code: one }],
    ['delete', plan({ resource_changes: [{ ...change(['delete'], one, null), action_reason: 'delete_because_no_resource_config' }] }), { recorded: one, live: one, code: null }],
    ['forget', plan({ resource_changes: [change(['forget'], one, null)] }), { recorded: one, live: one, code: null }],
    ['delete, then create', plan({ resource_changes: [change(['delete', 'create'], one, two)] }), { recorded: one, live: one, code: two }],
    ['create, then delete', plan({ resource_changes: [change(['create', 'delete'], one, two)] }), { recorded: one, live: one, code: two }],
    ['import', plan({ resource_changes: [change(['no-op'], one, one, { importing: { id: 'x' } })] }), { recorded: null, live: one, code: one }],
    ['drift', plan({ resource_drift: [change(['update'], one, two)], resource_changes: [change(['update'], two, three)] }), { recorded: one, live: two, code: three }],
    ['drift to deletion', plan({ resource_drift: [change(['delete'], one, null)], resource_changes: [change(['create'], null, one)] }), { recorded: one, live: null, code: one }],
    ['drift that the code does not ask for any more', plan({ resource_drift: [change(['delete'], one, null)], resource_changes: [{ ...change(['no-op'], one, one), address: 'a.c' }] }), { recorded: one, live: null, code: null }],
    ['drift in a plan that only refreshes', plan({ resource_drift: [change(['update'], one, two)] }), { recorded: one, live: two }],
  ])('%s', (_, content, sides) => {
    const { sightings, gaps } = readPlan(content, 'x');

    expect(valuesOf(sightings.find(({ address }) => address === 'a.b'))).toEqual(sides);
    expect(gaps).toEqual([]);
  });

  test('a plan from before drift was told does not know what was recorded', () => {
    const { sightings } = readPlan({ ...plan({ resource_changes: [change(['no-op'], one, one)] }), format_version: '0.1' }, 'x');

    expect(valuesOf(sightings[0])).toEqual({ live: one, code: one });
  });
});

test('masks become paths, and what is unknown until applied is said to be', () => {
  const masks = { before_sensitive: { password: true, list: [false, true] }, after_sensitive: true, after_unknown: { id: true, nested: { x: true, y: false } } };
  const { sightings } = readPlan(plan({ resource_changes: [change(['update'], one, two, masks)] }), 'x');

  expect(sightings[0]?.sides.live?.sensitive).toEqual([['password'], ['list', 1]]);
  expect(sightings[0]?.sides.code).toMatchObject({ sensitive: [[]], unknown: [['id'], ['nested', 'x']], partial: false });
});

test('a move is told with the address before it', () => {
  const { sightings } = readPlan(plan({ resource_drift: [{ ...change(['no-op'], one, one), previous_address: 'a.old' }], resource_changes: [{ ...change(['no-op'], one, one), previous_address: 'a.old' }] }), 'x');

  expect(sightings).toMatchObject([{ address: 'a.b', movedFrom: 'a.old' }]);
});

test('a deposed object stands beside the current one', () => {
  const { sightings } = readPlan(plan({ resource_changes: [change(['no-op'], one, one), { ...change(['delete'], two, null), deposed: '0a1b2c3d' }] }), 'x');

  expect(sightings.map(({ address }) => address)).toEqual(['a.b', 'a.b (deposed object 0a1b2c3d)']);
});

test('a plan to destroy everything does not say what the code asks for', () => {
  const { sightings } = readPlan(plan({ resource_changes: [change(['delete'], one, null)], resource_drift: [{ ...change(['delete'], two, null), address: 'a.c' }] }), 'x');

  expect(sightings.map(valuesOf)).toEqual([{ recorded: one, live: one }, { recorded: two, live: null }]);
});

test('what terraform put off to a later plan is told, with its reason', () => {
  const deferred = (address: string, mode = 'managed') => ({ reason: 'instance_count_unknown', resource_change: { ...change(['create'], null, one), address, mode } });
  const { gaps } = readPlan(plan({ resource_changes: [change(['no-op'], one, one)], deferred_changes: [deferred('a.x["*"]'), deferred('data.a.y', 'data'), 'odd'] }), 'x');

  expect(gaps).toEqual([{ address: 'a.x["*"]', state: 'unsupported', reason: 'terraform put it off to a later plan (instance_count_unknown)' }]);
});

test('data sources and ephemeral resources are left out', () => {
  const { sightings } = readPlan(plan({ resource_changes: [{ ...change(['read'], null, one), mode: 'data' }, { ...change(['open'], null, one), mode: 'ephemeral' }] }), 'x');

  expect(sightings).toEqual([]);
});

describe('what only the prior state holds', () => {
  const prior_state = { values: { root_module: { resources: [{ mode: 'managed', type: 'a', name: 'c', values: one }] } } };

  test('was checked by a plan that only refreshes', () => {
    const { sightings, gaps } = readPlan(plan({ prior_state }), 'x');

    expect(valuesOf(sightings[0])).toEqual({ recorded: one, live: one });
    expect(gaps).toEqual([]);
  });

  test('was not looked at by a plan that was narrowed to targets', () => {
    const { gaps } = readPlan(plan({ prior_state, resource_changes: [change(['no-op'], one, one)] }), 'x');

    expect(gaps).toMatchObject([{ address: 'a.c', state: 'stale' }]);
  });
});

test.each([
  ['plan-version-unsupported', { format_version: '2.0', resource_changes: [] }],
  ['plan-unreadable', { format_version: 1, resource_changes: [] }],
  ['plan-unreadable', { format_version: '1.0', resource_changes: {} }],
  ['plan-unreadable', { format_version: '1.0', resource_changes: [{ address: 'a.b' }] }],
  ['plan-errored', { format_version: '1.2', errored: true, resource_changes: [] }],
])('%s: %j', (code, content) => {
  expect(() => readPlan(content, 'x')).toThrow(`[${code}]`);
});
