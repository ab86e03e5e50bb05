import { expect, test } from 'vitest';
import { readDigest, readEvents } from '#agent/scan/pulumi/events.ts';
import { openEvents } from '#agent/scan/pulumi/open.ts';
import type { Json, JsonObject } from '#proto/domain/json.ts';
import type { Sighting } from '#proto/domain/resource.ts';

const urn = 'urn:pulumi:prod::shop::aws:s3/bucket:Bucket::logs';
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
  const text = `${JSON.stringify({ preludeEvent: { config: {} } })}\n{"resourcePreEvent": "made-up-secret`;

  expect(() => readEvents(text, 'events.json')).toThrow(
    expect.objectContaining({ code: 'pulumi-events-unreadable', facts: { source: 'events.json', line: 2 }, message: expect.not.stringContaining('made-up') }),
  );
});

test('a digest that shows the old state twice and counts updates does not say who changed', () => {
  const state = { urn, type: 'aws:s3/bucket:Bucket', custom: true, id: 'logs', outputs: { acl: 'private' } };
  const digest = (changeSummary: JsonObject): Json => ({ steps: [{ op: 'refresh', urn, oldState: state, newState: state }], changeSummary });

  const silent = openEvents(readDigest(digest({ update: 1 }), 'digest.json'));
  const quiet = openEvents(readDigest(digest({ same: 1 }), 'digest.json'));

  expect(silent.gaps()).toMatchObject([{ address: urn, state: 'stale' }]);
  expect(quiet.gaps()).toEqual([]);
});

function open(events: readonly Json[]) {
  const stack = openEvents(readEvents(events.map((event) => JSON.stringify(event)).join('\n'), 'events.json'));
  return { sightings: [...(stack.sightings() as Iterable<Sighting>)], gaps: stack.gaps() };
}

function begun(op: string, outputs: JsonObject): Json {
  return { resourcePreEvent: { metadata: metadata(op, outputs, outputs) } };
}

function ended(op: string, old: JsonObject, read: JsonObject | null, inputs: JsonObject = {}): Json {
  return { resOutputsEvent: { metadata: metadata(op, old, read, inputs) } };
}

function metadata(op: string, old: JsonObject, read: JsonObject | null, inputs: JsonObject = {}): Json {
  const state = { urn, type: 'aws:s3/bucket:Bucket', custom: true, id: 'logs' };
  return { op, urn, type: state.type, old: { ...state, outputs: old }, new: read === null ? null : { ...state, inputs, outputs: read } };
}
