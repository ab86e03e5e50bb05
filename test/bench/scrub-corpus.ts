/**
 * Scores the scrubber on the secrets corpus where it lies: `node test/bench/scrub-corpus.ts [--misses a|b] [--touched] [--unknown]`.
 * `--unknown` scores each text as if its maker were not known: without the families that bear the maker's name.
 * Rules are split by the hash of their names: part a (half of them) was tuned on first, part b (a quarter) later; part c (a
 * quarter) only checks, and its misses are not shown.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createScrubber } from '#agent/scrub/scrubber.ts';
import { createDetector } from '#secrets/detector.ts';
import { families } from '#secrets/families.ts';
import type { Family } from '#secrets/family.ts';
import type { Detect } from '#secrets/hit.ts';

interface Row {
  readonly source: string;
  readonly rule: string;
  readonly family: string;
  readonly kind?: string;
  readonly text: string;
  readonly secret: string | null;
  readonly secrets?: readonly string[];
}

const { values: options } = parseArgs({ options: { misses: { type: 'string' }, touched: { type: 'boolean' }, unknown: { type: 'boolean' }, source: { type: 'string' } } });
const root = process.env['DD0C_CORPUS'] ?? new URL('../../../shared/corpus', import.meta.url).pathname;
const positives = rows('positives');
const negatives = rows('negatives');
const scrubber = createScrubber({ key: new Uint8Array(32).fill(1) });
const harmless = new Set(['placeholder', 'ciphertext']);

/** Families of the corpus that do not name a maker, or stand in both of its halves. */
const inBothHalves = new Set(['aws', 'connection', 'generic', 'github', 'gitlab', 'jwt', 'privatekey', 'slack']);


const missed = positives.filter((row) => !isRemoved(row));
const touched = negatives.filter((row) => scrubber.text(row.text).text !== row.text);
const isMissed = new Set(missed);
const hard = negatives.filter((row) => !harmless.has(row.kind ?? ''));
const hardTouched = touched.filter((row) => !harmless.has(row.kind ?? ''));

const hardRows = new Set(hard);
const touchedRows = new Set(touched);

say('| | secret wholly removed | hard negatives touched | MB/s |');
say('|---|---|---|---|');
line('all', () => true);
line('part a, tuned on first', ({ rule }) => part(rule) === 'a');
line('part b, tuned on later', ({ rule }) => part(rule) === 'b');
line('part c, kept as a check', ({ rule }) => part(rule) === 'c');
line('infrastructure and runbooks', ({ rule }) => rule.startsWith('iac-'));
for (const source of new Set(positives.map((row) => row.source))) line(source, (row) => row.source === source);
line('states, plans and manifests of 20 projects', (row) => !positives.some(({ source }) => source === row.source));
for (const kind of harmless) {
  const all = negatives.filter((row) => row.kind === kind);
  say(`${kind} touched, which is harmless: ${all.filter((row) => touchedRows.has(row)).length} of ${all.length}`);
}

if (options.misses !== undefined) {
  const told = new Set<string>();
  for (const row of missed) {
    if (part(row.rule) !== options.misses || options.misses === 'c') continue;
    if ((options.source !== undefined && row.source !== options.source) || told.has(row.source + row.rule)) continue;
    told.add(row.source + row.rule);
    const left = (row.secrets ?? [row.secret ?? '']).find((secret) => scrubber.text(row.text).text.includes(secret)) ?? '';
    const at = row.text.indexOf(left);
    const before = JSON.stringify(row.text.slice(Math.max(0, at - 90), at));
    process.stdout.write(`${row.source} ${row.rule}: ${before} [[${left.slice(0, 70)}]] ${JSON.stringify(row.text.slice(at + left.length, at + left.length + 20))}\n`);
  }
}
if (options.touched === true) {
  for (const row of hardTouched) {
    const { removed } = scrubber.text(row.text);
    process.stdout.write(`## ${row.source} ${row.rule}\n`);
    for (const { rule, start, end } of removed) {
      process.stdout.write(`   ${rule} ${JSON.stringify(row.text.slice(Math.max(0, start - 80), start))} [[${row.text.slice(start, end)}]]\n`);
    }
  }
}

if (options.unknown === true) {
  const makers = Map.groupBy(positives.filter(({ source, family }) => source !== 'authored' && !inBothHalves.has(family)), ({ family }) => family);
  const ones = [...makers].map(([maker, some]) => ({ some, detect: createDetector({ families: families.filter((family) => !isOf(family, maker)) }) }));
  const removed = ones.reduce((sum, { some, detect }) => sum + some.filter((row) => isGone(row, masked(row.text, detect))).length, 0);
  say(`without the family of its maker: ${ratio(removed, ones.reduce((sum, { some }) => sum + some.length, 0))}`);
}

/** True where the family is of this maker, as far as names tell. */
function isOf({ name, title }: Family, maker: string): boolean {
  const [wanted = '', ...own] = [maker, name, title].map((text) => text.toLowerCase().replace(/[^a-z0-9]/g, ''));
  return own.some((one) => one === wanted || (wanted.length > 3 && one.startsWith(wanted)) || (one.length > 3 && wanted.startsWith(one)));
}

function masked(text: string, detect: Detect): string {
  return [...detect(text)].reduce((rest, { start, end }) => rest.slice(0, start) + '*'.repeat(end - start) + rest.slice(end), text);
}

function isGone({ secrets, secret }: Row, text: string): boolean {
  return (secrets ?? [secret ?? '']).every((one) => !text.includes(one));
}

function isRemoved(row: Row): boolean {
  return isGone(row, scrubber.text(row.text).text);
}

function part(rule: string): string {
  const [first = 0, second = 0] = createHash('sha256').update(rule).digest();
  if (first % 2 === 0) return 'a';
  return second % 2 === 0 ? 'b' : 'c';
}

function line(title: string, wanted: (row: Row) => boolean): void {
  const secret = positives.filter(wanted);
  const harmlessOnes = negatives.filter((row) => hardRows.has(row) && wanted(row));
  const removed = secret.filter((row) => !isMissed.has(row)).length;
  const hit = harmlessOnes.filter((row) => touchedRows.has(row)).length;
  say(`| ${title} | ${ratio(removed, secret.length)} | ${ratio(hit, harmlessOnes.length)} | ${speed([...secret, ...harmlessOnes]).toFixed(0)} |`);
}

function ratio(part: number, whole: number): string {
  return whole === 0 ? '–' : `${part} of ${whole} (${percent(part, whole)} %)`;
}

/** By processor time, each text on its own: what a call costs weighs more than in a stream. */
function speed(some: readonly Row[]): number {
  const bytes = some.reduce((sum, { text }) => sum + text.length, 0);
  const begun = process.threadCpuUsage();
  let rounds = 0;
  let used = 0;
  for (; used < 300_000; rounds += 1) {
    for (const { text } of some) scrubber.text(text);
    const { user, system } = process.threadCpuUsage(begun);
    used = user + system;
  }
  return (bytes * rounds) / used;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function percent(part: number, whole: number): string {
  return ((part * 100) / Math.max(1, whole)).toFixed(2);
}

function rows(name: string): readonly Row[] {
  const lines = readFileSync(`${root}/secrets/${name}.jsonl`, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Row);
}
