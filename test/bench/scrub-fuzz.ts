/**
 * Every text of the corpus with a secret, cut in two at every byte and sent through a stream, calmly and with a deadline
 * that lets everything go right at the cut; and in random pieces: `node test/bench/scrub-fuzz.ts [--shard=0/1] [--told]`.
 * A residue is eight characters of a secret, together, that the whole text's output does not have: where the whole text
 * loses its secret, none may be left, and where it does not, a stream may leave no more than the whole.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createScrubbers } from '#agent/scrub/scrubber.ts';

interface Row {
  readonly source: string;
  readonly rule: string;
  readonly text: string;
  readonly secret: string;
  readonly secrets?: readonly string[];
}

const { values: options } = parseArgs({ options: { shard: { type: 'string', default: '0/1' }, told: { type: 'boolean', default: false } } });
const [shard = 0, shards = 1] = options.shard.split('/').map(Number);
const root = process.env['DD0C_CORPUS'] ?? new URL('../../../shared/corpus', import.meta.url).pathname;
const all = readFileSync(`${root}/secrets/positives.jsonl`, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Row);
const rows = all.filter((_, index) => index % shards === shard);
const scrubber = createScrubbers({ key: new Uint8Array(32) })();
const rounds = 4;
let seed = 1 + shard;

interface Tally {
  streams: number;
  /** Streams whose output is another than the whole text's. */
  different: number;
  /** Streams that leave a residue. */
  leaking: number;
}

const tallies = { calm: tally(), pieces: tally(), deadline: tally() };
const leaksByRule = new Map<string, number>();
let whollyRemoved = 0;

for (const row of rows) {
  const whole: string = scrubber.text(row.text).text;
  const secrets = row.secrets ?? [row.secret];
  if (secrets.every((secret) => !whole.includes(secret))) whollyRemoved += 1;
  const parts = eights(secrets).filter((part) => !whole.includes(part));
  const bytes = Buffer.from(row.text);
  for (let cut = 1; cut < bytes.length; cut += 1) {
    count(tallies.calm, streamed([bytes.subarray(0, cut), bytes.subarray(cut)], false), { whole, parts });
    if (count(tallies.deadline, streamed([bytes.subarray(0, cut), bytes.subarray(cut)], true), { whole, parts })) tell(row, bytes, cut);
  }
  for (let round = 0; round < rounds; round += 1) count(tallies.pieces, streamed(randomPieces(bytes, round === 0 ? 1 : 24), false), { whole, parts });
}

say(`shard ${shard} of ${shards}: ${rows.length} texts, of which ${whollyRemoved} lose their secret as a whole`);
say(`cut in two at every byte: ${told(tallies.calm)}`);
say(`in random pieces, ${rounds} times each: ${told(tallies.pieces)}`);
say(`cut in two with a deadline at every byte: ${told(tallies.deadline)}`);
for (const [name, leaks] of leaksByRule) say(`  ${name}: ${leaks}`);
process.exitCode = tallies.calm.leaking + tallies.pieces.leaking > 0 ? 1 : 0;

function tally(): Tally {
  return { streams: 0, different: 0, leaking: 0 };
}

function told({ streams, different, leaking }: Tally): string {
  return `${streams} streams, ${leaking} leave a residue, ${different} differ from the whole`;
}

/** Counts one output; true where it leaves a residue. */
function count(into: Tally, output: string, { whole, parts }: { readonly whole: string; readonly parts: readonly string[] }): boolean {
  into.streams += 1;
  if (output === whole) return false;
  into.different += 1;
  const isLeaking = parts.some((part) => output.includes(part));
  if (isLeaking) into.leaking += 1;
  return isLeaking;
}

function tell({ source, rule }: Row, bytes: Buffer, cut: number): void {
  const name = `${source} ${rule}`;
  const leaks = leaksByRule.get(name) ?? 0;
  leaksByRule.set(name, leaks + 1);
  if (options.told && leaks < 3) say(`${name}: ${JSON.stringify(bytes.subarray(0, cut).toString().slice(-120))} | ${JSON.stringify(bytes.subarray(cut).toString().slice(0, 60))}`);
}

function streamed(pieces: readonly Buffer[], isHurried: boolean): string {
  const stream = scrubber.stream();
  const out = pieces.map((piece, at) => Buffer.concat([stream.write(piece), ...(isHurried && at === 0 ? [stream.flushAll()] : [])]));
  return Buffer.concat([...out, stream.end()]).toString();
}

/** Of one byte each, or of up to `most`. */
function randomPieces(bytes: Buffer, most: number): readonly Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + Math.floor(random() * most);
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

function eights(secrets: readonly string[]): readonly string[] {
  return secrets.flatMap((secret) => Array.from({ length: Math.max(0, secret.length - 7) }, (_, at) => secret.slice(at, at + 8)));
}

/** A linear congruential generator, so that a run can be had again. */
function random(): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return seed / 4_294_967_296;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
