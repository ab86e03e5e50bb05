import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { exportLines } from '../../audit/proof/bundle.ts';
import { type Verdict, verifyBundle } from '../../audit/proof/verify.ts';
import { type Client, read } from '../client.ts';
import { count, type Offline, type Open } from '../session.ts';
import { printable } from '../terminal/printable.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { renderTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { parseCount } from './count.ts';
import { writeLines } from './write-lines.ts';

const Entry = z.looseObject({ seq: z.number(), at: z.string(), topic: z.string(), body: z.unknown(), hash: z.string(), line: z.string() });
type Entry = z.infer<typeof Entry>;
const Entries = z.looseObject({ entries: z.array(Entry) });

const Checkpoint = z.looseObject({ tenant: z.string(), origin: z.string(), size: z.number(), verifier: z.string(), note: z.string() });
type Checkpoint = z.infer<typeof Checkpoint>;

interface VerifyOptions {
  readonly key?: string;
  readonly head?: string;
  readonly approver: readonly string[];
}

/** `dd0c audit …`: what happened, and whether that is what was written down. */
export function auditCommands(program: Command, open: Open, offline: Offline): void {
  const audit = program.command('audit').description('what happened, verifiable by anybody');

  audit
    .command('list')
    .description('the latest entries of the trail')
    .option('--limit <n>', 'how many at most', '50')
    .action(async ({ limit }: { limit: string }) => {
      const most = parseCount(limit, '--limit');
      const { client, terminal, tell } = await open();
      const { size } = await getCheckpoint(client);
      tell(await getEntries(client, Math.max(0, size - most), most), ({ entries }) => renderEntries(entries, size, terminal));
    });

  audit
    .command('head')
    .description('the signed head of the trail: keep it where nobody who runs the server can change it')
    .action(async () => {
      const { client, tell } = await open();
      tell(await getCheckpoint(client), renderHead);
    });

  audit
    .command('export')
    .description('the whole trail with its signed head, one line an entry')
    .option('--output <file>', 'where to, - for standard output', '-')
    .action(async ({ output }: { output: string }) => {
      const { client, terminal, tell } = await open();
      const checkpoint = await getCheckpoint(client);
      const lines = exportLines(checkpoint, async (after, limit) => (await getEntries(client, after, limit)).entries);
      if (output === '-') {
        for await (const line of lines) terminal.out(`${line}\n`);
        return;
      }
      await writeLines(output, lines);
      tell({ file: output, origin: checkpoint.origin, entries: checkpoint.size }, ({ entries }) => `${printable(output)} holds ${count(entries, 'entry', 'entries')}. Whoever doubts it: dd0c audit verify ${printable(output)} --key KEY --head FILE\n`);
    });

  audit
    .command('verify <file>')
    .description('whether an exported trail is whole and unchanged; needs no server')
    .option('--key <key>', 'the public key, as `dd0c audit head` prints it, got before or elsewhere')
    .option('--head <file>', 'a signed head that was kept elsewhere')
    .option('--approver <key>', 'a public key of an approver, got elsewhere; again for more: approvals by others do not hold', (value: string, before: readonly string[]) => [...before, value], [])
    .action(async (file: string, { key, head, approver: approvers }: VerifyOptions) => {
      const verdict = await verifyBundle(linesOf(file), { key, approvers, head: head === undefined ? undefined : await readHeadFile(head) });
      const { terminal, tell } = offline();
      tell({ verified: true, ...verdict }, (told) => renderVerdict(told, terminal));
    });
}

async function getCheckpoint(client: Client): Promise<Checkpoint> {
  return read(Checkpoint, await client.call({ path: '/v1/audit/checkpoint' }));
}

async function getEntries(client: Client, after: number, limit: number): Promise<z.infer<typeof Entries>> {
  return read(Entries, await client.call({ path: '/v1/audit/entries', query: { after: String(after), limit: String(limit) } }));
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const input = createReadStream(file, 'utf8');
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (cause) {
    throw unreadable(file, cause);
  } finally {
    input.destroy();
  }
}

async function readHeadFile(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  return text.slice(0, text.lastIndexOf('\n') + 1); // the note ends with the last whole line
}

function unreadable(file: string, cause: unknown): Error {
  if (cause instanceof Fault) return cause;
  return new Fault('audit-unreadable', { file, reason: cause instanceof Error && 'code' in cause ? String(cause.code) : 'it could not be read' }, { cause });
}

function renderEntries(entries: readonly Entry[], size: number, { width, paint, now }: Terminal): string {
  if (entries.length === 0) return 'Nothing has been written down yet.\n';
  const table = renderTable(
    entries,
    [
      { title: 'NO', value: ({ seq }) => String(seq) },
      { title: 'WHEN', value: ({ at }) => relativeTime(at, now()) },
      { title: 'WHAT', value: ({ topic }) => topic },
      { title: 'DETAILS', value: ({ body }) => JSON.stringify(body), shrinks: true },
    ],
    { width, paint },
  );
  return `${table}\n${entries.length} of ${size}\n`;
}

/** The note alone can be cut out of this and kept; the key is for whoever verifies. */
function renderHead({ verifier, note }: Checkpoint): string {
  return `${printable(verifier)}\n\n${note}`;
}

function renderVerdict({ origin, entries, root, firstAt, lastAt, key, headSize, approvals }: Verdict, { paint }: Terminal): string {
  const trust = [
    ...(key === 'bundle' ? ['The key came with the export: give --key, got elsewhere, or whoever wrote the export may have signed it anew.'] : []),
    ...(headSize === null ? ['No independent head was given: give --head, or a log that was rewritten as a whole would pass.'] : []),
  ];
  return [
    `${paint('green', 'verified')} ${entries} entries of ${printable(origin)}, ${firstAt ?? 'none'} to ${lastAt ?? 'none'}`,
    `  root ${root}`,
    ...(approvals === 0 ? [] : [`  ${count(approvals, 'approval')}, each signed by a person's key over what it was for`]),
    ...(headSize === null ? [] : [`  its first ${headSize} entries are those of the head that was kept elsewhere`]),
    ...trust.map((line) => `${paint('yellow', 'but')} ${line}`),
    '',
  ].join('\n');
}
