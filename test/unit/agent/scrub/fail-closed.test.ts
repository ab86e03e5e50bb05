import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { DraftFinding } from '#proto/domain/finding.ts';
import type { Json } from '#proto/domain/json.ts';
import { failClosed, processorMs } from '#agent/scrub/fail-closed.ts';
import { createScrubber, type Scrubber } from '#agent/scrub/scrubber.ts';
import { createDetector, detectorKeywords } from '#secrets/detector.ts';

const key = new Uint8Array(32).fill(4);
const secret = ['Tr4iler', 'Mist'].join('-');
const bounds = { maxLength: 100, maxMs: () => 50, now: () => 0 };

test.each([
  ['is longer than may be looked at', 'scrub/too-large', failClosed(() => () => [], bounds), 'x'.repeat(101)],
  ['breaks the look', 'scrub/failed', failClosed(() => () => { throw new Error(secret); }, bounds), secret],
  ['outlasts its deadline', 'scrub/deadline', failClosed(() => () => [], { ...bounds, now: clock(60) }), secret],
  ['is still being looked at when its deadline comes', 'scrub/deadline', failClosed((pace) => () => { for (;;) pace(); }, { ...bounds, now: clock(1) }), secret],
])('a text that %s is dropped as a whole, and it is said so', (_, rule, detect, text) => {
  expect(detect(text)).toEqual([{ rule, kind: 'value', start: 0, end: text.length }]);
});

test('a look within its bounds is believed', () => {
  expect(failClosed(() => () => [], { ...bounds, now: clock(40) })(secret)).toEqual([]);
});

test('where the clock says that a look took too long, a field of a report is dropped and the manifest says so', () => {
  const slow = createScrubber({ key, now: clock(40_000) });

  const { finding, removed } = slow.finding(draft('nothing to see'), 'stack');

  expect(finding.properties[0]?.after).toMatch(/^«secret:value:[0-9a-f]{16}»$/);
  expect(removed.map(({ rule }) => rule)).toContain('scrub/deadline');
});

test('the same holds for a text and for a stream: nothing comes out that was not looked at', () => {
  const slow = createScrubber({ key, now: clock(40_000) });
  const stream = slow.stream();

  const out = Buffer.concat([stream.write(Buffer.from(`plain ${secret}\n`)), stream.end()]).toString();

  expect(slow.text(`plain ${secret}`).text).toMatch(/^«secret:value:[0-9a-f]{16}»$/);
  expect(out).not.toContain(secret);
  expect(stream.removed).toEqual([{ rule: 'scrub/deadline' }]);
});

test('a look at what was made to be slow is ended soon after its deadline, and not after the text', () => {
  const words = detectorKeywords();
  const soup = Array.from({ length: 240_000 }, (_, at) => words[(at * 7_919) % words.length]).join('=');
  const maxMs = 100;
  let tookMs = -processorMs();

  const hits = failClosed((pace) => createDetector({ pace }), { maxLength: soup.length, maxMs: () => maxMs, now: processorMs })(soup);

  tookMs += processorMs();
  expect(hits).toEqual([{ rule: 'scrub/deadline', kind: 'value', start: 0, end: soup.length }]);
  expect(tookMs).toBeLessThan(5 * maxMs); // all of it takes thirty times as long
});

test('what is nested deeper than any tool writes is dropped, and the manifest says so', () => {
  let nested: Json = 'harmless';
  for (let depth = 0; depth < 150; depth += 1) nested = { a: nested };

  const { finding, removed } = createScrubber({ key }).finding(draft(nested), 'stack');

  expect(JSON.stringify(finding)).not.toContain('harmless');
  expect(removed.map(({ rule }) => rule)).toEqual(['scrub/too-deep']);
});

test('what unpacks to more than may be looked at is masked unseen, and so is what is packed too often', () => {
  const scrubber = createScrubber({ key });
  const bomb = gzipSync(Buffer.alloc(12_000_000, 'a')).toString('base64');
  let nested = '{"region": "eu-west-1", "size": 3}';
  for (let depth = 0; depth < 7; depth += 1) nested = Buffer.from(`{"data": "${nested}"}`).toString('base64');

  expect(masked(scrubber, `user_data: ${bomb}`)).toBe('user_data: «»');
  expect(masked(scrubber, `user_data: ${nested}`)).toBe('user_data: «»');
});

test('base64 that begins as a document and is longer than may be looked at is masked unseen', () => {
  const long = Buffer.from(`{"a": "${'x'.repeat(3_400_000)}"}`).toString('base64');

  expect(masked(createScrubber({ key }), `blob: ${long}`)).toBe('blob: «»');
});

test('JSON that is broken is scrubbed as text', () => {
  expect(masked(createScrubber({ key }), `{"kind": "x", "password": "${secret}", `)).toBe('{"kind": "x", "password": "«»", ');
});

function masked(scrubber: Scrubber, text: string): string {
  return scrubber.text(text).text.replaceAll(/«secret:[a-z-]+:[0-9a-f]{16}»/g, '«»');
}

/** A clock of which every reading is so much later than the one before. */
function clock(stepMs: number): () => number {
  let time = 0;
  return () => (time += stepMs);
}

function draft(after: Json): DraftFinding {
  const property = { path: 'note', steps: ['note'], change: 'update' as const, before: null, after, noise: null, attribution: null, sensitive: [] };
  return { fingerprint: '0'.repeat(32), address: 'a.b', type: 'a', change: 'modified', cause: 'live_changed', severity: 'low', severityRule: 'any', properties: [property], noise: false, movedFrom: null };
}
