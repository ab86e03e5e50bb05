import { describe, expect, test } from 'vitest';
import { readDigest } from '#agent/scan/pulumi/digest.ts';
import { readEvents } from '#agent/scan/pulumi/events.ts';
import { openEvents } from '#agent/scan/pulumi/open.ts';
import type { Json, JsonObject } from '#proto/domain/json.ts';
import type { Sighting } from '#proto/domain/resource.ts';

const urn = 'urn:pulumi:prod::shop::aws:s3/bucket:Bucket::logs';
const whole = { summaryEvent: { isPreview: true } };
const hidden = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', ciphertext: '[secret]' };

test('a refresh that changed a resource puts what was recorded beside what is live', () => {
  const { sightings } = open([begun('refresh', { acl: 'private' }), ended('update', { acl: 'private' }, { acl: 'public-read' })]);

  expect(sightings[0]?.sides.recorded?.values).toEqual({ acl: 'private' });
  expect(sightings[0]?.sides.live?.values).toEqual({ acl: 'public-read' });
});

test('the verdict of the engine counts, not the values beside it', () => {
  const { sightings } = open([begun('refresh', {}), ended('same', {}, { computed: 'later' })]);

  expect(sightings[0]?.sides.live?.values).toEqual({});
});

test('a resource that is gone has a live side that is null', () => {
  const { sightings } = open([begun('refresh', { acl: 'private' }), ended('delete', { acl: 'private' }, null)]);

  expect(sightings[0]?.sides.live).toBeNull();
});

test('a change of nothing that is shown, with a secret among the values, is a change of the secret', () => {
  const { sightings } = open([begun('refresh', { size: 1, password: hidden }), ended('update', { size: 1, password: hidden }, { size: 1, password: hidden })]);

  const { recorded, live } = sightings[0]?.sides ?? {};
  expect(recorded?.values['password']).not.toEqual(live?.values['password']);
  expect(recorded?.values['size']).toEqual(live?.values['size']);
  expect(live?.sensitive).toContainEqual(['password']);
});

test('a change of nothing that is shown, with no secret, is told as unreadable', () => {
  const { sightings, gaps } = open([begun('refresh', { size: 1 }), ended('update', { size: 1 }, { size: 1 })]);

  expect(sightings).toEqual([]);
  expect(gaps).toMatchObject([{ address: urn, state: 'unreadable' }]);
});

test('an operation whose end was not seen is stale, one that failed is unreadable', () => {
  const unfinished = open([begun('refresh', {})]);
  const failed = open([begun('refresh', {}), { resOpFailedEvent: { metadata: metadata('refresh', {}, {}) } }]);

  expect(unfinished.gaps).toMatchObject([{ state: 'stale' }]);
  expect(failed.gaps).toMatchObject([{ state: 'unreadable' }]);
});

test('a preview puts what the program asks for beside what is recorded', () => {
  const { sightings } = open([begun('update', { acl: 'private' }), ended('update', { acl: 'private' }, {}, { acl: 'log-delivery-write' }), { summaryEvent: { isPreview: true } }]);

  expect(sightings[0]?.sides.code?.values).toEqual({ acl: 'log-delivery-write' });
  expect(sightings[0]?.sides.recorded?.values).toEqual({ acl: 'private' });
});

test('a broken line is named by its number and its content is kept out of the error', () => {
  const text = `${JSON.stringify({ preludeEvent: { config: {} } })}\n{"resourcePreEvent": "made-up-secret\n${JSON.stringify({ cancelEvent: {} })}`;

  expect(() => readEvents(text, 'events.json')).toThrow(
    expect.objectContaining({ code: 'pulumi-events-unreadable', facts: { source: 'events.json', line: 2 }, message: expect.not.stringContaining('made-up') }),
  );
});

describe('a log', () => {
  const changed = [begun('refresh', { n: 1 }), ended('update', { n: 1 }, { n: 2 })];

  test.each([
    ['that ends before the run did', [...changed, { cancelEvent: {} }], 'the events end before the run did'],
    ['of a run that broke down', [...changed, { errorEvent: { error: 'panic: x\nat y' } }], 'not succeed, and the engine may not have come to everything: panic: x'],
    ['of a run that reported an error', [...changed, { diagnosticEvent: { severity: 'error', message: '<{%reset%}>denied<{%reset%}>\n' } }, whole], 'everything: denied'],
    ['of a run that was stopped', [...changed, { summaryEvent: { isPreview: true, result: 'failed' } }], 'did not succeed'],
  ])('%s tells what it holds, and that it is not all', (_, events, reason) => {
    const { sightings, gaps } = open(events);

    expect(sightings).toHaveLength(1);
    expect(gaps).toMatchObject([{ address: '*', state: 'unreadable', reason: expect.stringContaining(reason) }]);
  });

  test('that is torn in its last line tells what stands before', () => {
    const { sightings, gaps } = read([...changed, ended('same', {}, {})].map((event) => JSON.stringify(event)).join('\n').slice(0, -20));

    expect(sightings).toHaveLength(1);
    expect(gaps).toMatchObject([{ address: '*', state: 'unreadable' }]);
  });

  test.each([
    ['late', (all: readonly JsonObject[]) => all.toReversed()],
    ['twice', (all: readonly JsonObject[]) => [...all, ...all]],
  ])('whose events come %s is read by their numbers', (_, disturbed) => {
    const numbered = [...changed, whole].map((event, index) => ({ ...event, sequence: index + 5 }));
    const { sightings, gaps } = open(disturbed(numbered));

    expect([sightings.length, gaps]).toEqual([1, []]);
  });

  test.each([['a list', (all: readonly Json[]) => all], ["the service's answer", (all: readonly Json[]) => ({ events: all })]])('may be %s of events, over many lines', (_, written) => {
    const { sightings, gaps } = read(JSON.stringify(written([...changed, whole]), null, 2));

    expect([sightings.length, gaps]).toEqual([1, []]);
  });

  test.each([['says the same', { n: 1 }, 0], ['shows another state', { n: 2 }, 1]])('whose refresh ends with its own word and %s', (_, live, differing) => {
    const { sightings } = open([begun('refresh', { n: 1 }), ended('refresh', { n: 1 }, live)]);

    expect(sightings.filter(({ sides }) => JSON.stringify(sides.recorded?.values) !== JSON.stringify(sides.live?.values))).toHaveLength(differing);
  });

  test('of a preview that refreshed first tells each resource once, on all sides', () => {
    const { sightings } = open([...changed, begun('update', { n: 2 }), ended('update', { n: 2 }, {}, { n: 1 }), whole]);

    expect(sightings.map(({ sides }) => [sides.code?.values, sides.recorded?.values, sides.live?.values])).toEqual([[{ n: 1 }, { n: 1 }, { n: 2 }]]);
  });

  test('says what the provider reported of a resource that it could not read', () => {
    const { gaps } = open([begun('refresh', {}), { diagnosticEvent: { urn, severity: 'error', message: 'denied' } }, { resOpFailedEvent: { metadata: metadata('refresh', {}, {}) } }]);

    expect(gaps[0]).toEqual({ address: urn, state: 'unreadable', reason: 'the provider reported an error: denied' });
  });
});

test('a refresh before a preview does not say whether what it hides has changed', () => {
  const { sightings, gaps } = open([begun('refresh', { password: hidden }), ended('refresh', { password: hidden }, { password: hidden })]);

  expect([sightings, gaps]).toMatchObject([[], [{ address: urn, state: 'stale' }]]);
});

test('a refresh whose provider reports an error of a resource and no end of it is unreadable for that reason', () => {
  const { gaps } = open([begun('refresh', {}), { diagnosticEvent: { urn, severity: 'error', message: 'Preview failed: denied' } }, { summaryEvent: { isPreview: true, result: 'failed' } }]);

  expect(gaps).toMatchObject([{ address: urn, state: 'unreadable', reason: 'the provider reported an error: Preview failed: denied' }, { address: '*' }]);
});

test.each([
  ['of a preview: it is no longer asked for', ['same', 'delete'], { code: null }],
  ['of a refresh: it is gone', ['refresh', 'delete'], { live: null }],
])('a deletion in a digest %s', (_, ops, sides) => {
  const state = { urn, type: 'aws:s3/bucket:Bucket', custom: true, id: 'logs', inputs: {}, outputs: {} };
  const root = { ...state, urn: 'urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod', type: 'pulumi:pulumi:Stack', custom: false };
  const steps = ops.map((op) => (op === 'delete' ? { op, urn, oldState: state, newState: null } : { op, urn: root.urn, oldState: root, newState: root }));

  expect([...(openEvents(readDigest({ steps }, 'digest.json')).sightings() as Iterable<Sighting>)]).toMatchObject([{ sides }]);
});

test('a digest of a run that reported an error says that it is not all', () => {
  const digest = openEvents(readDigest({ steps: [], diagnostics: [{ severity: 'error', message: 'denied' }] }, 'digest.json'));

  expect(digest.gaps()).toMatchObject([{ address: '*', state: 'unreadable', reason: 'the run did not succeed, and the engine may not have come to everything: denied' }]);
});

test('a digest that shows the old state twice and counts updates does not say who changed', () => {
  const state = { urn, type: 'aws:s3/bucket:Bucket', custom: true, id: 'logs', outputs: { acl: 'private' } };
  const digest = (changeSummary: JsonObject): Json => ({ steps: [{ op: 'refresh', urn, oldState: state, newState: state }], changeSummary });

  const silent = openEvents(readDigest(digest({ update: 1 }), 'digest.json'));
  const quiet = openEvents(readDigest(digest({ same: 1 }), 'digest.json'));

  expect(silent.gaps()).toMatchObject([{ address: urn, state: 'stale' }]);
  expect(quiet.gaps()).toEqual([]);
});

/** A run that came to its end, where the events do not say otherwise. */
function open(events: readonly JsonObject[]) {
  const hasEnd = events.some((event) => ['summaryEvent', 'cancelEvent', 'errorEvent'].some((name) => name in event));
  return read([...events, ...(hasEnd ? [] : [whole])].map((event) => JSON.stringify(event)).join('\n'));
}

function read(text: string) {
  const stack = openEvents(readEvents(text, 'events.json'));
  return { sightings: [...(stack.sightings() as Iterable<Sighting>)], gaps: stack.gaps() };
}

function begun(op: string, outputs: JsonObject): JsonObject {
  return { resourcePreEvent: { metadata: metadata(op, outputs, outputs) } };
}

function ended(op: string, old: JsonObject, read: JsonObject | null, inputs: JsonObject = {}): JsonObject {
  return { resOutputsEvent: { metadata: metadata(op, old, read, inputs) } };
}

function metadata(op: string, old: JsonObject, read: JsonObject | null, inputs: JsonObject = {}): Json {
  const state = { urn, type: 'aws:s3/bucket:Bucket', custom: true, id: 'logs' };
  return { op, urn, type: state.type, old: { ...state, outputs: old }, new: read === null ? null : { ...state, inputs, outputs: read } };
}
