/**
 * Every secret of the corpus that is removed from a whole text, cut in two at every place and sent through a stream
 * whose deadline strikes right there, and in random pieces without one: `node test/bench/scrub-fuzz.ts [EVERY_NTH]`.
 * A residue is eight characters of a secret, together, that the whole text's output does not have.
 */
import { readFileSync } from 'node:fs';
import { createScrubbers } from '#agent/scrub/scrubber.ts';

interface Row {
  readonly source: string;
  readonly rule: string;
  readonly text: string;
  readonly secret: string;
  readonly secrets?: readonly string[];
}

const every = Number(process.argv[2] ?? 1);
const root = process.env['DD0C_CORPUS'] ?? new URL('../../../shared/corpus', import.meta.url).pathname;
const rows = readFileSync(`${root}/secrets/positives.jsonl`, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Row);
const scrubber = createScrubbers({ key: new Uint8Array(32) })();
let seed = 1;
let streams = 0;
let unequal = 0;
let unequalHalves = 0;
const leaks = new Map<string, number>();
let used = 0;

for (const row of rows.filter((_, index) => index % every === 0)) {
  const whole = scrubber.text(row.text).text;
  if ((row.secrets ?? [row.secret]).some((secret) => whole.includes(secret))) continue;
  used += 1;
  const bytes = Buffer.from(row.text);
  const start = Buffer.byteLength(row.text.slice(0, row.text.indexOf(row.secret)));
  const last = Math.min(bytes.length, start + Math.min(400, Buffer.byteLength(row.secret)) + 4);
  for (let cut = Math.max(1, start - 4); cut < last; cut += 1) {
    const stream = scrubber.stream();
    const out = Buffer.concat([stream.write(bytes.subarray(0, cut)), stream.flushAll(), stream.write(bytes.subarray(cut)), stream.end()]).toString();
    streams += 1;
    const calm = scrubber.stream();
    if (Buffer.concat([calm.write(bytes.subarray(0, cut)), calm.write(bytes.subarray(cut)), calm.end()]).toString() !== whole) unequalHalves += 1;
    if (hasResidue(out, whole, row.secret)) leaks.set(`${row.source} ${row.rule}`, (leaks.get(`${row.source} ${row.rule}`) ?? 0) + 1);
  }
  for (let round = 0; round < 3; round += 1) if (inPieces(bytes) !== whole) unequal += 1;
}

const leaked = [...leaks.values()].reduce((sum, count) => sum + count, 0);
process.stdout.write(`${used} texts; cut in two: ${unequalHalves} of ${streams} differ from the whole; random pieces: ${unequal} of ${used * 3}\n`);
process.stdout.write(`deadline at every cut: ${leaked} of ${streams} streams leave a residue, of ${leaks.size} rules\n`);
for (const [name, count] of leaks) process.stdout.write(`  ${name}: ${count}\n`);

function inPieces(bytes: Buffer): string {
  const stream = scrubber.stream();
  const out: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + Math.floor(random() * 24);
    out.push(stream.write(bytes.subarray(at, at + length)));
    at += length;
  }
  return Buffer.concat([...out, stream.end()]).toString();
}

function hasResidue(out: string, whole: string, secret: string): boolean {
  for (let at = 0; at + 8 <= secret.length; at += 1) {
    const part = secret.slice(at, at + 8);
    if (out.includes(part) && !whole.includes(part)) return true;
  }
  return false;
}

/** A linear congruential generator, so that a run can be had again. */
function random(): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return seed / 4_294_967_296;
}
