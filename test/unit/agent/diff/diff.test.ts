import { describe, expect, test } from 'vitest';
import { fingerprintOf } from '#agent/diff/fingerprint.ts';
import { createHasher, type Recollection } from '#agent/diff/recollection.ts';
import type { Sighting } from '#proto/domain/resource.ts';
import { compareOne, lines, side, sighting } from './sighting.ts';

const one = side({ a: 1 });
const two = side({ a: 2 });
const three = side({ a: 3 });

describe('which sides are compared', () => {
  test.each<[string, Sighting['sides'], string, string, readonly string[]]>([
    ['live left what was recorded', { recorded: one, live: two }, 'modified', 'live_changed', ['* update a 1 -> 2']],
    ['live left it, and the code wants it back: one finding', { code: one, recorded: one, live: two }, 'modified', 'live_changed', ['* update a 1 -> 2']],
    ['live left it, and the code is at a third place', { code: three, recorded: one, live: two }, 'modified', 'live_changed', ['* update a 1 -> 2']],
    ['the code asks for what was never applied', { code: one, recorded: two, live: two }, 'modified', 'not_applied', ['* update a 1 -> 2']],
    ['code and state disagree, and nobody can say why', { code: one, recorded: two }, 'modified', 'unknown', ['* update a 1 -> 2']],
    ['code and live disagree, and nothing was recorded', { code: one, live: two }, 'modified', 'unknown', ['* update a 1 -> 2']],
    ['it was deleted by hand', { code: one, recorded: one, live: null }, 'missing', 'live_changed', []],
    ['it was deleted by hand, and the code was not read', { recorded: one, live: null }, 'missing', 'live_changed', []],
    ['it was never made', { code: one, recorded: null }, 'missing', 'not_applied', []],
    ['it was never made, as live confirms', { code: one, recorded: null, live: null }, 'missing', 'not_applied', []],
    ['nothing records what was made, and it is not there', { code: one, live: null }, 'missing', 'unknown', []],
    ['the code no longer asks for it', { code: null, recorded: one, live: one }, 'extra', 'not_applied', []],
    ['the code no longer asks for it, and live was not read', { code: null, recorded: one }, 'extra', 'not_applied', []],
    ['nobody manages it', { code: null, recorded: null, live: one }, 'unmanaged', 'unknown', []],
    ['nobody recorded it', { recorded: null, live: one }, 'unmanaged', 'unknown', []],
  ])('%s', (_, sides, change, cause, expected) => {
    const outcome = compareOne(sighting(sides));

    expect(outcome.isChecked).toBe(true);
    expect(outcome.comparison?.finding).toMatchObject({ change, cause, noise: false });
    expect(lines(outcome)).toEqual(expected);
  });

  test.each<[string, Sighting['sides']]>([
    ['all agree', { code: one, recorded: one, live: one }],
    ['gone from everywhere', { code: null, recorded: null, live: null }],
    ['the code leaves it open', { code: side({}, { partial: true }), recorded: one }],
  ])('nothing is found where %s', (_, sides) => {
    expect(compareOne(sighting(sides))).toMatchObject({ isChecked: true, comparison: null });
  });

  test.each<[string, Sighting['sides']]>([['only the state', { recorded: one }], ['only the code', { code: one }], ['nothing', {}]])('nothing was checked where %s was seen', (_, sides) => {
    expect(compareOne(sighting(sides))).toMatchObject({ isChecked: false, comparison: null });
  });

  test.each([
    ['a person’s tool wrote it: somebody changed it by hand', 'person', 'live_changed'],
    ['what carries code in wrote it: the code has moved on since', 'applier', 'not_applied'],
    ['a tool of persons and pipelines wrote it: nobody can tell', 'anyone', 'unknown'],
  ] as const)('where only the hand is known, %s', (_, kind, cause) => {
    const outcome = compareOne({ ...sighting({ code: one, live: two }), owners: [{ path: ['a'], who: 'somebody', when: null, how: null, kind }] });

    expect(outcome.comparison?.finding).toMatchObject({ change: 'modified', cause });
  });

  test('what an earlier report saw and is gone was deleted, though nothing records what was made', () => {
    const seen = compareOne(sighting({ code: one, live: one })).recollect();
    const gone = compareOne(sighting({ code: one, live: null }), seen);
    const still = compareOne(sighting({ code: one, live: null }), gone.recollect());

    expect([gone, still].map(({ comparison }) => comparison?.finding.cause)).toEqual(['live_changed', 'live_changed']);
  });

  test('drift at one place and unapplied code at another are one finding of the graver cause', () => {
    const outcome = compareOne(sighting({ code: side({ a: 1, b: 9 }), recorded: side({ a: 1, b: 1 }), live: side({ a: 2, b: 1 }) }));

    expect(outcome.comparison?.finding.cause).toBe('live_changed');
    expect(lines(outcome)).toEqual(['* update a 1 -> 2', '* update b 9 -> 1']);
  });

  test('a removal that drift and code both see is told once', () => {
    const sides = { code: side({ subnets: ['x', 'a', 'b'] }), recorded: side({ subnets: ['a', 'b', 'x'] }), live: side({ subnets: ['b', 'x'] }) };

    expect(lines(compareOne(sighting(sides)))).toEqual(['* remove subnets[0] "a" -> null']);
  });

  test('noise in the drift hides nothing that the code disagrees with', () => {
    const outcome = compareOne(sighting({ code: side({ tags: { a: '1' } }), recorded: side({ tags: null }), live: side({ tags: {} }) }));

    expect(outcome.comparison?.finding).toMatchObject({ noise: false, cause: 'not_applied' });
  });

  test('where every property is noise, so is the finding', () => {
    const outcome = compareOne(sighting({ recorded: side({ tags: null, p: '1' }), live: side({ tags: {}, p: 1 }) }));

    expect(outcome.comparison?.finding).toMatchObject({ noise: true, cause: 'live_changed', change: 'modified' });
  });

  test('where every property is what the provider gives to everyone, that is the cause', () => {
    const outcome = compareOne(sighting({ recorded: side({}), live: side({ memory_size: 128 }) }, { type: 'aws_lambda_function' }));

    expect(outcome.comparison?.finding).toMatchObject({ noise: true, cause: 'provider_default' });
  });

  test('a pure move is told and not counted; one with a change is a change', () => {
    const moved = compareOne(sighting({ recorded: one, live: one }, { movedFrom: 'aws_x.old' }));
    const changed = compareOne(sighting({ recorded: one, live: two }, { movedFrom: 'aws_x.old' }));

    expect(moved.comparison?.finding).toMatchObject({ change: 'moved', noise: true, properties: [], movedFrom: 'aws_x.old' });
    expect(changed.comparison?.finding).toMatchObject({ change: 'modified', noise: false, movedFrom: 'aws_x.old' });
  });
});

describe('with what the last report knew', () => {
  const after = (sides: Sighting['sides'], last: Recollection | null = null): Recollection | null => compareOne(sighting(sides), last).recollect();
  const causeOf = (sides: Sighting['sides'], last: Recollection | null): string | undefined => compareOne(sighting(sides), last).comparison?.finding.cause;

  test('code as it was, agreed then, and the state moved: laundered', () => {
    const agreed = after({ code: one, recorded: one });

    expect(causeOf({ code: one, recorded: two }, agreed)).toBe('laundered');
    expect(causeOf({ code: one, recorded: two, live: two }, agreed)).toBe('laundered');
  });

  test('drift that was seen and then refreshed into the state: laundered', () => {
    const drifted = after({ code: one, recorded: one, live: two });

    expect(causeOf({ code: one, recorded: two, live: two }, drifted)).toBe('laundered');
  });

  test('what was deleted by hand and then refreshed out of the state is laundered, and stays so', () => {
    const deleted = after({ code: one, recorded: one, live: null }, after({ code: one, recorded: one, live: one }));
    const refreshed = after({ code: one, recorded: null, live: null }, deleted);

    expect(causeOf({ code: one, recorded: null, live: null }, deleted)).toBe('laundered');
    expect(causeOf({ code: one, recorded: null, live: null }, refreshed)).toBe('laundered');
    expect(causeOf({ code: one, recorded: null }, after({ code: one, recorded: one }))).toBe('laundered');
    expect(causeOf({ code: one, recorded: null, live: null }, null)).toBe('not_applied');
  });

  test('laundered stays laundered as long as nobody puts it right', () => {
    const agreed = after({ code: one, recorded: one });
    const laundered = after({ code: one, recorded: two }, agreed);
    const again = after({ code: one, recorded: two }, laundered);

    expect(causeOf({ code: one, recorded: two }, laundered)).toBe('laundered');
    expect(causeOf({ code: one, recorded: two }, again)).toBe('laundered');
  });

  test('the code moved and the state stayed: not applied, also without live', () => {
    expect(causeOf({ code: two, recorded: one }, after({ code: one, recorded: one }))).toBe('not_applied');
  });

  test('both moved: nobody can say', () => {
    expect(causeOf({ code: two, recorded: three }, after({ code: one, recorded: one }))).toBe('unknown');
  });

  test('without a state: code as it was and live moved is a change by hand, the other way round is not applied', () => {
    const agreed = after({ code: one, live: one });

    expect(causeOf({ code: one, live: two }, agreed)).toBe('live_changed');
    expect(causeOf({ code: two, live: one }, agreed)).toBe('not_applied');
  });

  test('one property laundered and another never applied are told by the graver', () => {
    const last = after({ code: side({ a: 1, b: 2 }), recorded: side({ a: 1, b: 1 }), live: side({ a: 1, b: 1 }) });
    const outcome = compareOne(sighting({ code: side({ a: 1, b: 2 }), recorded: side({ a: 9, b: 1 }), live: side({ a: 9, b: 1 }) }), last);

    expect(outcome.comparison?.finding.cause).toBe('laundered');
    expect(Object.values(outcome.recollect()?.disagreed ?? {}).toSorted()).toEqual(['laundered', 'not_applied']);
  });

  test('drift that went away again is told once as reverted, and not counted', () => {
    const drifted = after({ recorded: one, live: two });
    const back = compareOne(sighting({ recorded: one, live: one }), drifted);

    expect(back.comparison?.finding).toMatchObject({ cause: 'reverted', noise: true, properties: [] });
    expect(compareOne(sighting({ recorded: one, live: one }), back.recollect()).comparison).toBeNull();
  });

  test('what was deleted by hand and came back is reverted', () => {
    expect(causeOf({ recorded: one, live: one }, after({ recorded: one, live: null }))).toBe('reverted');
  });

  test('drift that an apply took in is not reverted', () => {
    expect(causeOf({ recorded: two, live: two }, after({ recorded: one, live: two }))).toBeUndefined();
  });

  test('a scan that does not read the code keeps what an earlier one knew of it', () => {
    const agreed = after({ code: one, recorded: one });
    const between = after({ recorded: one, live: one }, agreed);

    expect(causeOf({ code: one, recorded: two }, between)).toBe('laundered');
  });

  test('what is remembered holds no value, no key and no address', () => {
    const last = after({ code: side({ password: 'hunter2-hunter2', name: 'x' }), recorded: side({ password: 'other', name: 'y' }), live: side({ password: 'third', name: 'y' }) });

    expect(JSON.stringify(last)).not.toMatch(/hunter2|other|third|password|name/);
    expect(last?.code).toMatch(/^[0-9a-f]{32}$/);
  });

  test('another key gives other hashes', () => {
    const [mine, yours] = [0, 1].map((byte) => createHasher(new Uint8Array(32).fill(byte)).side(one));

    expect(mine).not.toBe(yours);
  });
});

describe('the fingerprint', () => {
  test('is the same on every run and machine', () => {
    expect(fingerprintOf('prod', 'module.a.aws_x.b["c"]')).toBe('128b6d42a7e7b54840c2d43a580b0be6');
  });

  test('keeps stack and address apart', () => {
    const all = [['a', 'b c'], ['a b', 'c'], ['a', 'b'], ['a","b', ''], ['', 'a","b']].map(([stack = '', address = '']) => fingerprintOf(stack, address));

    expect(new Set(all).size).toBe(all.length);
  });
});
