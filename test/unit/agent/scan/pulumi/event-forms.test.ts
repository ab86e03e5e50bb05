import { describe, expect, test } from 'vitest';
import { createDiff } from '#agent/diff/diff.ts';
import { createHasher } from '#agent/diff/recollection.ts';
import { createChain } from '#agent/normalise/chain.ts';
import { rules } from '#agent/normalise/rules.ts';
import { createPulumiScanner } from '#agent/scan/pulumi/pulumi-scanner.ts';
import type { Json, JsonObject } from '#proto/domain/json.ts';
import { makeFolder } from '#test/harness/folder.ts';

const signal = AbortSignal.timeout(10_000);
const hidden = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', ciphertext: '[secret]' };

const urnOf = (name: string): string => `urn:pulumi:prod::shop::aws:sqs/queue:Queue::${name}`;
const state = (name: string, properties: JsonObject, more: JsonObject = {}): JsonObject => ({ urn: urnOf(name), type: 'aws:sqs/queue:Queue', custom: true, id: `id-${name}`, provider: 'urn:pulumi:prod::shop::pulumi:providers:aws::d::1', inputs: properties, outputs: properties, ...more });

interface Step {
  readonly op: string;
  /** What the step ended as, where that is another word. */
  readonly ended?: string;
  readonly old?: JsonObject | null;
  readonly new?: JsonObject | null;
  readonly more?: JsonObject;
}

/** The events of a run, as the engine writes them; `kind` is what the closing summary says. */
function events(steps: readonly Step[], isPreview = true): string {
  let sequence = 0;
  const line = (body: JsonObject): string => JSON.stringify({ sequence: sequence++, timestamp: 1_795_547_112, ...body });
  const metadata = ({ op, old = null, new: wanted = null, more = {} }: Step, as: string): Json => {
    const { urn = '', type = '' } = old ?? wanted ?? {};
    return { op: as === '' ? op : as, urn, type, old, new: wanted, detailedDiff: null, logical: true, ...more };
  };
  return [
    line({ preludeEvent: { config: {} } }),
    ...steps.flatMap((step) => [line({ resourcePreEvent: { metadata: metadata(step, ''), planning: isPreview } }), line({ progressEvent: { id: 'x' } }), line({ resOutputsEvent: { metadata: metadata(step, step.ended ?? ''), planning: isPreview } })]),
    line({ policyEvent: { message: 'x' } }),
    line({ diagnosticEvent: { message: 'x', severity: 'info' } }),
    line({ summaryEvent: { maybeCorrupt: false, durationSeconds: 1, resourceChanges: {}, isPreview } }),
    line({ cancelEvent: {} }),
  ].join('\n');
}

/** Scans a file of that name, from the finding of it to the comparison: one line for each finding and gap. */
async function told(name: string, text: string): Promise<readonly string[]> {
  const folder = await makeFolder({ [name]: text });
  const scanner = createPulumiScanner();
  const targets = await scanner.find(folder, signal);
  if (targets[0] === undefined || targets.length > 1) return [`${targets.length} targets`];
  const stack = await scanner.open(targets[0], { against: { side: 'best' }, timeoutMs: 1_000, env: {} }, signal);
  const compare = createDiff({ stackId: 's', normaliser: createChain(rules), hasher: createHasher(new Uint8Array(32)), recall: () => null });
  const findings = (await Array.fromAsync(stack.sightings())).map((sighting) => compare(sighting).comparison?.finding).filter((finding) => finding !== undefined);
  return [
    ...findings.map(({ address, change, cause, noise, properties }) => `${noise ? 'noise: ' : ''}${address.split('::').at(-1)} ${change} ${cause} ${properties.filter((one) => one.noise === null).map(({ path }) => path).join(' ')}`.trimEnd()),
    ...stack.gaps().map(({ address, state: gap }) => `${address.split('::').at(-1)} ${gap}`),
  ];
}

describe('a refresh', () => {
  const steps: readonly Step[] = [
    { op: 'refresh', ended: 'update', old: state('a', { size: 1 }), new: state('a', { size: 2 }) },
    { op: 'refresh', ended: 'delete', old: state('b', { size: 1 }) },
    { op: 'refresh', ended: 'same', old: state('c', { size: 1 }), new: state('c', { size: 1 }) },
  ];
  const expected = ['a modified live_changed size', 'b missing live_changed'];

  test.each([
    ['events.json', (text: string) => text],
    ['events.jsonl', (text: string) => text.replaceAll('\n', '\r\n')],
    ['refresh.log', (text: string) => `\n${text}\n\n`],
    ['events', (text: string) => text],
    ['bom.json', (text: string) => `\u{feff}${text}`],
    ['timestamp-first.json', (text: string) => text.replaceAll(/"sequence":(\d+),"timestamp":(\d+)/g, '"timestamp":$2,"sequence":$1')],
    ['spaced.json', (text: string) => text.split('\n').map((line) => line.replaceAll('":', '": ').replaceAll(',"', ', "')).join('\n')],
  ])('is read from %s', async (name, written) => {
    expect(await told(name, written(events(steps)))).toEqual(expected);
  });

  test('that was carried out tells the same: what it found was drift', async () => {
    expect(await told('events.json', events(steps, false))).toEqual(expected);
  });

  test('of something that is only read, a component, a provider or the stack tells nothing', async () => {
    const not = [state('x', { size: 1 }, { external: true }), { ...state('y', {}), custom: false }, { ...state('z', {}), type: 'pulumi:providers:aws' }, { ...state('s', {}), type: 'pulumi:pulumi:Stack', custom: false }];

    expect(await told('events.json', events(not.map((old) => ({ op: 'refresh', ended: 'update', old, new: { ...old, outputs: { size: 2 } } }))))).toEqual([]);
  });

  test('whose engine names the property tells it, also where the values are hidden', async () => {
    const more = { detailedDiff: { password: { diffKind: 'update', inputDiff: false } }, diffs: ['password'] };
    const both = state('a', { password: hidden, token: hidden, size: 1 });

    expect(await told('events.json', events([{ op: 'refresh', ended: 'update', old: both, new: both, more }]))).toEqual(['a modified live_changed password']);
  });

  test('in other words is noise', async () => {
    const policy = (text: string): JsonObject => ({ policy: text });
    const [one, other] = ['{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["a:B"],"Resource":"*"}]}', '{"Statement":{"Action":"a:B","Resource":"*","Effect":"Allow"},"Version":"2012-10-17"}'];

    expect(await told('events.json', events([{ op: 'refresh', ended: 'update', old: state('a', policy(one)), new: state('a', policy(other)) }]))).toEqual(['noise: a modified live_changed']);
  });
});

describe('a preview', () => {
  test('of a replacement tells the resource once, though the engine takes three steps', async () => {
    const [old, wanted] = [state('a', { name: 'x' }), state('a', { name: 'y' })];

    expect(await told('events.json', events([{ op: 'create-replacement', old, new: wanted }, { op: 'replace', old, new: wanted }, { op: 'delete-replaced', old }]))).toEqual(['a modified not_applied name']);
  });

  test('tells what is to be made, taken away, imported and only read', async () => {
    const text = events([{ op: 'create', new: state('a', { size: 1 }) }, { op: 'delete', old: state('b', { size: 1 }) }, { op: 'import', new: state('c', { size: 1 }) }, { op: 'read', old: state('d', {}, { external: true }), new: state('d', {}, { external: true }) }, { op: 'same', old: state('e', {}), new: state('e', {}) }]);

    expect(await told('events.json', text)).toEqual(['a missing not_applied', 'b extra not_applied', 'c missing not_applied']);
  });
});

describe('an update that a preview sees', () => {
  const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
  const update = (old: JsonObject, wanted: JsonObject, diffs: readonly string[] = []): Promise<readonly string[]> => told('events.json', events([{ op: 'update', old, new: wanted, more: { diffs: [...diffs] } }]));
  const asked = (inputs: JsonObject, outputs: JsonObject = inputs): JsonObject => ({ ...state('a', {}), inputs, outputs });

  test('tells what moved, what came and what was taken out, in lists and objects too', async () => {
    expect(await update(asked({ size: 1, gone: true, box: { a: 1, b: 2 } }), asked({ size: 2, came: true, box: { a: 1 } }))).toEqual(['a modified not_applied box.b came gone size']);
  });

  test('leaves out what providers add, and what is known only after it', async () => {
    expect(await update(asked({ size: 1, link: 'x' }, { size: 1, link: 'x', arn: 'computed' }), asked({ size: 2, link: unknown }))).toEqual(['a modified not_applied size']);
    expect(await update(asked({ link: 'x' }), asked({ link: unknown }))).toEqual([]);
  });

  test('of an input that is never given back tells nothing while it stays', async () => {
    expect(await update(asked({ size: 1, writeOnly: 'x' }, { size: 1 }), asked({ size: 2, writeOnly: 'x' }))).toEqual(['a modified not_applied size']);
  });

  test('of an input that stayed compares with what was answered, where the engine names it', async () => {
    const [old, wanted] = [asked({ size: 1, name: 'x' }, { size: 7, name: 'y' }), asked({ size: 1, name: 'x' })];

    expect(await update(old, wanted, ['size'])).toEqual(['a modified not_applied size']);
  });

  test('of a hidden value tells the named one, beside others or alone', async () => {
    const both = { password: hidden, token: hidden };

    expect(await update(asked({ ...both, size: 1 }), asked({ ...both, size: 2 }))).toEqual(['a modified not_applied size']);
    expect(await update(asked({ ...both, size: 1 }), asked({ ...both, size: 2 }), ['password', 'size'])).toEqual(['a modified not_applied password size']);
    expect(await update(asked(both), asked(both))).toEqual(['a modified not_applied password token']);
  });

  test('that shows nothing that differs and hides nothing is a gap, not in sync', async () => {
    expect(await update(asked({ size: 1 }), asked({ size: 1 }))).toEqual(['a unreadable']);
  });
});

describe('a digest', () => {
  const digest = (steps: readonly JsonObject[], changeSummary: JsonObject = {}): string => JSON.stringify({ config: {}, steps: [...steps], duration: 1, changeSummary }, null, 4);
  const step = (op: string, oldState: JsonObject | null, newState: JsonObject | null, more: JsonObject = {}): JsonObject => ({ op, urn: (oldState ?? newState ?? {})['urn'] ?? null, oldState, newState, ...more });

  test('of a refresh tells what changed by its states', async () => {
    const text = digest([step('refresh', state('a', { size: 1 }), state('a', { size: 2 })), step('refresh', state('c', { size: 1 }), state('c', { size: 1 }))], { update: 1, same: 1 });

    expect(await told('digest.json', text)).toEqual(['a modified live_changed size', 'c stale']);
  });

  test('that gives reasons tells them where the states do not', async () => {
    const both = state('a', { password: hidden, size: 1 });
    const text = digest([step('refresh', both, both, { diffReasons: ['password'], detailedDiff: { password: { kind: 'update', inputDiff: false } } })], { update: 1 });

    expect(await told('digest.json', text)).toEqual(['a modified live_changed password']);
  });

  test('of a preview tells a replacement once', async () => {
    const [old, wanted] = [state('a', { name: 'x' }), state('a', { name: 'y' })];

    expect(await told('digest.json', digest([step('create-replacement', old, wanted), step('replace', old, wanted, { replaceReasons: ['name'], diffReasons: ['name'] }), step('delete-replaced', old, null)]))).toEqual(['a modified not_applied name']);
  });
});
