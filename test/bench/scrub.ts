import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { scrub } from '#agent/cli/scrub.ts';
import { keepHeapSmall } from '#agent/cli/small-heap.ts';
import { createScrubber } from '#agent/scrub/scrubber.ts';
import { createAutomaton } from '#secrets/automaton.ts';
import { createDetector, detectorKeywords } from '#secrets/detector.ts';
import { families } from '#secrets/families.ts';
import { baitsOf } from '#test/harness/bait.ts';

const megabyte = 1_000_000;
const pieceLength = 64 * 1024;

/**
 * The pattern pass and the stream over 20 MB of IaC JSON, beside one native alternation of all keywords in the same run;
 * then memory while 20 and 200 MB pass through a stream.
 */
export async function benchScrub(args: readonly string[] = []): Promise<void> {
  const resident = args.find((arg) => arg.startsWith('--resident='))?.split('=')[1];
  if (resident !== undefined) {
    say(String(await residentWhile(Number(resident))));
    return;
  }
  if (args.includes('--hostile-only')) {
    hostile(createDetector());
    return;
  }
  const text = iacText(20 * megabyte);
  const pieces = piecesOf(text);
  const keywords = detectorKeywords();
  const automaton = createAutomaton(keywords);
  const alternation = new RegExp(keywords.map((word) => word.replace(/[^a-z0-9]/g, '\\$&')).join('|'), 'gi');
  const detect = createDetector();
  const scrubber = createScrubber({ key: new Uint8Array(32) });

  say(`${keywords.length} keywords, ${(text.length / megabyte).toFixed(0)} MB of IaC JSON, Node ${process.version}; best of five, in turns, by processor time`);
  const works: Readonly<Record<string, () => unknown>> = {
    'native alternation of all keywords': () => pieces.reduce((sum, piece) => sum + (piece.match(alternation)?.length ?? 0), 0),
    'automaton alone': () => pieces.forEach((piece) => automaton.scan(piece, () => {})),
    'pattern pass (automaton, rules, names, shapes)': () => pieces.reduce((sum, piece) => sum + detect(piece).length, 0),
    'stream scrubber, bytes to bytes': () => drain(scrubber, pieces),
  };
  const best = new Map<string, number>();
  for (let round = 0; round < 5; round += 1) {
    for (const [name, work] of Object.entries(works)) best.set(name, Math.max(best.get(name) ?? 0, speed(text.length, work)));
  }
  const native = best.get('native alternation of all keywords') ?? 1;
  for (const [name, rate] of best) say(`${name.padEnd(50)} ${rate.toFixed(1).padStart(7)} MB/s  ${(rate / native).toFixed(2)} x`);

  if (args.includes('--speed-only')) return;
  for (const size of [20, 200]) {
    const resident = execFileSync(process.execPath, [import.meta.filename, `--resident=${size}`], { encoding: 'utf8' });
    say(`stream of ${String(size).padStart(3)} MB, in a process of its own: resident set at most ${resident.trim()} MB`);
  }
  hostile(detect);
}

/**
 * Inputs made to be slow, beside the normal time a byte: single characters and dense keywords of our own invention, then for every
 * pattern texts that fill its repetitions and break off, each first in short and the worst of them at full length.
 */
function hostile(detect: (text: string) => readonly unknown[]): void {
  const usual = piecesOf(iacText(4 * megabyte));
  const normal = (): number => speed(4 * megabyte, () => usual.forEach((piece) => detect(piece)));
  const timesNormal = (unit: string): number => {
    const text = repeated(unit, megabyte);
    return Math.min(...[1, 2].map(() => normal() / speed(megabyte, () => detect(text))));
  };
  say(`inputs of 1 MB made to be slow, as times the normal time per byte (${Math.max(normal(), normal(), normal()).toFixed(1)} MB/s):`);
  for (const [name, unit] of Object.entries(hostileUnits)) say(`  ${name.padEnd(28)} ${timesNormal(unit).toFixed(2).padStart(6)} x`);

  const baits = allBaits();
  const screened = baits.map((bait) => ({ ...bait, cost: Math.min(...[1, 2].map(() => -speed(screenLength, () => detect(repeated(bait.unit, screenLength))))) }));
  const worst = screened.toSorted((a, b) => b.cost - a.cost).slice(0, 40);
  say(`nested-quantifier bait: ${baits.length} texts that fill the repetitions of all patterns; the ${worst.length} slowest at 1 MB:`);
  for (const { name, ratio, unit } of worst.map((bait) => ({ ...bait, ratio: timesNormal(bait.unit) })).toSorted((a, b) => b.ratio - a.ratio)) {
    say(`  ${name.padEnd(38)} ${ratio.toFixed(2).padStart(6)} x  ${JSON.stringify(unit.slice(0, 60))}`);
  }
}

/** Bait is first tried at this length. */
const screenLength = 16_000;

function allBaits(): readonly { readonly name: string; readonly unit: string }[] {
  const units = new Map<string, string>();
  for (const { name, rules = [] } of families) {
    for (const { id, pattern, keywords } of rules) {
      for (const keyword of new Set([keywords[0] ?? '', keywords.at(-1) ?? ''])) {
        for (const { unit } of baitsOf(pattern, keyword)) if (!units.has(unit)) units.set(unit, `${name}/${id}`);
      }
    }
  }
  return [...units].map(([unit, name]) => ({ name, unit }));
}

function repeated(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

/** What is repeated to a megabyte. */
export const hostileUnits: Readonly<Record<string, string>> = {
  'one letter': 'a',
  'one digit': '1',
  'blanks': ' ',
  'quotes': '"',
  'backslashes': '\\',
  'escaped quotes': '\\"',
  'colons': ':',
  'open braces': '{',
  'open brackets': '[',
  'newlines': '\n',
  'name and sign': 'password=',
  'names in quotes': '"password":',
  'name after name': 'password password ',
  'urls': 'https://a:',
  'at signs': 'https://a:b@',
  'token heads': 'ghp_ sk- xoxb- ',
  'jwt heads': 'eyJ',
  'jwt dots': 'eyJhbGciOiJ.',
  'pem heads': `-----BEGIN ${'PRIVATE'} KEY-----\n`,
  'base64': 'QUJDREVGR0hJSktMTU5PUFFS',
  'encoded json heads': 'eyJhIjoi ',
  'gzip heads': 'H4sIAAAAAAAA ',
  'kinds': 'kind: Secret\n',
  'sensitive marks': '"after_sensitive":true,',
  'names beside': '{"name":"password","value":',
  'tags': '<password>',
  'arns': 'arn:aws:secretsmanager:',
  'authorization': 'authorization: bearer ',
  'mysql': 'mysql -u root ',
  'cookies': 'cookie: a=b; ',
  'jwk': '"kty":"RSA",',
  'long hex': '0123456789abcdef',
  'printed answers': 'kubectl get secret -o jsonpath jsonpath ',
  'heads of nested base64': 'ops_eyJ',
  'prefixes in one word': 'live_sk_test_',
  'open quotes': 'api_key="',
  'calls': 'password(',
  'columns': 'password|',
  'columns of a wide table': `${'password,'.repeat(400)}a\n`,
  'rows that are headers': 'password,token\n',
  'names behind a comma': ',"name":"password',
  'values before names': '"value":"x","name":"password',
  'quoted names in comments': 'api_key=" #',
  'heads on one line': `-----BEGIN ${'PRIVATE'} KEY-----`,
  'flags': ' -u -p -k -a',
  'user and flag': 'mysql -u r -p $ ',
  'answers of expect': 'assword:\nsend ',
  'regions': 'auth-us-east-',
  'arguments of tools': 'openssl enc -k ',
  'lines of a shadow file': 'root:x:0:99999:',
  'data source names': 'a:b@tcp(',
  'comments beside values': 'value: "x" # password\n',
  'templates': 'password=${',
  'password of a number': 'password=1 ',
  'counted names': 'token1 token2: key3=',
};

function drain(scrubber: ReturnType<typeof createScrubber>, pieces: readonly string[]): number {
  const stream = scrubber.stream();
  let bytes = 0;
  for (const piece of pieces) bytes += stream.write(Buffer.from(piece)).length;
  return bytes + stream.end().length;
}

/** What `dd0c-agent scrub` needs at most while so much passes through it. */
async function residentWhile(megabytes: number): Promise<number> {
  keepHeapSmall();
  const pieces = piecesOf(iacText(2 * megabyte)).map((piece) => Buffer.from(piece));
  const scrubber = createScrubber({ key: new Uint8Array(32) });
  const sink = new Writable({ write: (_piece, _encoding, done) => void setImmediate(done) });
  await scrub({ format: 'text', scrubber }, Readable.from(input()), sink);
  return Math.round((process.resourceUsage().maxRSS * 1_024) / megabyte);

  function* input(): Generator<Buffer> {
    for (let sent = 0, at = 0; sent < megabytes * megabyte; at += 1) {
      const piece = pieces[at % pieces.length] ?? Buffer.alloc(0);
      sent += piece.length;
      yield piece;
    }
  }
}

/** By the time that this thread was on a processor, so that what else runs on the machine weighs less. */
function speed(bytes: number, work: () => unknown): number {
  const start = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(start);
  return bytes / Math.max(1, user + system);
}

function piecesOf(text: string): readonly string[] {
  return Array.from({ length: Math.ceil(text.length / pieceLength) }, (_, index) => text.slice(index * pieceLength, (index + 1) * pieceLength));
}

/** States, plans, exports and snapshots of the corpus one after the other, again and again. */
function iacText(length: number): string {
  const root = join(process.env['DD0C_CORPUS'] ?? new URL('../../../shared/corpus', import.meta.url).pathname, 'iac');
  const folders = ['terraform-state', 'terraform-plan', 'terraform-show-state', 'pulumi', 'kubernetes/live', 'cloudformation/recorded-aws'];
  const files = folders.flatMap((folder) => readdirSync(join(root, folder)).map((file) => join(root, folder, file))).filter((file) => statSync(file).isFile());
  const bytes = Buffer.alloc(length);
  for (let at = 0, next = 0; at < length; next += 1) at += readFileSync(files[next % files.length] ?? '').copy(bytes, at);
  return bytes.toString('utf8');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (import.meta.main) await benchScrub(process.argv.slice(2));
