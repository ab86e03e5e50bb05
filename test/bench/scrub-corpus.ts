/**
 * Scores the scrubber on the secrets corpus where it lies: `node test/bench/scrub-corpus.ts [--misses a|b] [--touched]`.
 * Rules are split by the hash of their names: part a (half of them) was tuned on first, part b (a quarter) later; part c (a
 * quarter) only checks, and its misses are not shown.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createScrubber } from '#agent/scrub/scrubber.ts';

interface Row {
  readonly source: string;
  readonly rule: string;
  readonly family: string;
  readonly kind?: string;
  readonly text: string;
  readonly secret: string | null;
  readonly secrets?: readonly string[];
}

interface Score {
  rows: number;
  removed: number;
}

const { values: options } = parseArgs({ options: { misses: { type: 'string' }, touched: { type: 'boolean' }, source: { type: 'string' } } });
const root = process.env['DD0C_CORPUS'] ?? new URL('../../../shared/corpus', import.meta.url).pathname;
const positives = rows('positives');
const negatives = rows('negatives');
const scrubber = createScrubber({ key: new Uint8Array(32).fill(1) });
const harmless = new Set(['placeholder', 'ciphertext']);

const missed = positives.filter((row) => !isRemoved(row));
const touched = negatives.filter((row) => scrubber.text(row.text).text !== row.text);
const isMissed = new Set(missed);
const hard = negatives.filter((row) => !harmless.has(row.kind ?? ''));
const hardTouched = touched.filter((row) => !harmless.has(row.kind ?? ''));

table('secret wholly removed', [
  ['all', positives],
  ['part a (tuned first)', positives.filter((row) => part(row.rule) === 'a')],
  ['part b (tuned later)', positives.filter((row) => part(row.rule) === 'b')],
  ['part c (check only)', positives.filter((row) => part(row.rule) === 'c')],
  ['IaC and runbook rows', positives.filter((row) => row.rule.startsWith('iac-'))],
  ...[...Map.groupBy(positives, (row) => row.source)].map(([source, all]): [string, readonly Row[]] => [`source ${source}`, all]),
]);
process.stdout.write(`\nhard negatives touched: ${hardTouched.length}/${hard.length} = ${percent(hardTouched.length, hard.length)} %\n`);
for (const kind of harmless) {
  const all = negatives.filter((row) => row.kind === kind);
  const some = touched.filter((row) => row.kind === kind);
  process.stdout.write(`${kind} touched (harmless): ${some.length}/${all.length}\n`);
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

function isRemoved(row: Row): boolean {
  const { text } = scrubber.text(row.text);
  return (row.secrets ?? [row.secret ?? '']).every((secret) => !text.includes(secret));
}

function part(rule: string): string {
  const [first = 0, second = 0] = createHash('sha256').update(rule).digest();
  if (first % 2 === 0) return 'a';
  return second % 2 === 0 ? 'b' : 'c';
}

function table(title: string, lines: readonly (readonly [string, readonly Row[]])[]): void {
  process.stdout.write(`${title}\n`);
  for (const [name, all] of lines) {
    const score: Score = { rows: all.length, removed: all.filter((row) => !isMissed.has(row)).length };
    process.stdout.write(`  ${name.padEnd(24)} ${String(score.removed).padStart(5)}/${String(score.rows).padEnd(5)} ${percent(score.removed, score.rows)} %\n`);
  }
}

function percent(part: number, whole: number): string {
  return ((part * 100) / Math.max(1, whole)).toFixed(2);
}

function rows(name: string): readonly Row[] {
  const lines = readFileSync(`${root}/secrets/${name}.jsonl`, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Row);
}
