import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { type Client, read } from '../client.ts';
import { footer, type ListOptions, type Open, pageQuery } from '../session.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { renderTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { parseCount } from './count.ts';
import { lineDifferences } from './line-differences.ts';
import { renderRunbook, Runbook } from './runbook.ts';

const Summary = z.looseObject({ name: z.string(), version: z.string(), title: z.string(), trust: z.string(), steps: z.number(), importedBy: z.string(), importedAt: z.string() });
type Summary = z.infer<typeof Summary>;
const Runbooks = z.looseObject({ runbooks: z.array(Summary), next: z.string().nullable() });
const Versions = z.looseObject({ versions: z.array(Summary) });

/** `dd0c runbooks …` */
export function runbookCommands(program: Command, open: Open): void {
  const runbooks = program.command('runbooks').description('what can be run, and how far it is trusted');

  runbooks
    .command('import <file...>')
    .description('take runbooks in; each step is judged, and a new version is trusted with nothing')
    .action(async (files: string[]) => {
      const { client, terminal, tell } = await open();
      const imported: Runbook[] = [];
      for (const file of files) imported.push(read(Runbook, await client.call({ method: 'POST', path: '/v1/runbooks', body: { document: await readDocument(file) } })));
      tell({ runbooks: imported }, () => imported.map((runbook) => renderRunbook(runbook, terminal)).join('\n'));
    });

  runbooks
    .command('list')
    .description('the newest version of each')
    .option('--limit <n>', 'how many at most')
    .option('--cursor <cursor>', 'go on behind a list before')
    .action(async (options: ListOptions) => {
      const { client, terminal, tell } = await open();
      tell(read(Runbooks, await client.call({ path: '/v1/runbooks', query: pageQuery(options) })), ({ runbooks: list, next }) => renderRunbooks(list, next, terminal));
    });

  runbooks
    .command('show <name>')
    .description('one runbook: its parameters, its steps, and why each is as risky as it is')
    .option('--version <hash>', 'another than the newest, by the beginning of its hash')
    .action(async (name: string, { version }: { readonly version?: string }) => {
      const { client, terminal, tell } = await open();
      tell(await getRunbook(client, name, version), (runbook) => renderRunbook(runbook, terminal));
    });

  runbooks
    .command('versions <name>')
    .description('every version of one, the newest first')
    .action(async (name: string) => {
      const { client, terminal, tell } = await open();
      const path = `/v1/runbooks/${encodeURIComponent(name)}/versions`;
      tell(read(Versions, await client.call({ path })), ({ versions }) => renderRunbooks(versions, null, terminal));
    });

  runbooks
    .command('diff <name> [file]')
    .description('what changed since the version before, or what a file would change')
    .option('--from <hash>', 'the older version (default: the one before the newest, or the newest where a file is given)')
    .option('--to <hash>', 'the newer version (default: the newest)')
    .action(async (name: string, file: string | undefined, { from, to }: { readonly from?: string; readonly to?: string }) => {
      const { client, terminal, tell } = await open();
      const before = await getRunbook(client, name, from ?? (file === undefined ? await versionBefore(client, name, to) : undefined));
      const after = file === undefined ? (await getRunbook(client, name, to)).document : await readDocument(file);
      const lines = lineDifferences(before.document, after);
      tell({ from: before.version, lines }, () => (lines.length === 0 ? 'No difference.\n' : `${lines.map((line) => paintLine(line, terminal)).join('\n')}\n`));
    });

  runbooks
    .command('trust <name> <level>')
    .description('say what one version may do without a person: manual, approve, auto-read or auto')
    .option('--version <hash>', 'another than the newest, by the beginning of its hash')
    .option('--approvals <n>', 'how many people must approve a step that needs it', '1')
    .action(async (name: string, trust: string, { version, approvals }: { readonly version?: string; readonly approvals: string }) => {
      const needed = parseCount(approvals, '--approvals');
      const { client, terminal, tell } = await open();
      const target = await getRunbook(client, name, version);
      const path = `/v1/runbooks/${encodeURIComponent(name)}/versions/${target.version}/trust`;
      tell(read(Runbook, await client.call({ method: 'POST', path, body: { trust, approvals: needed } })), (runbook) => renderRunbook(runbook, terminal));
    });
}

async function getRunbook(client: Client, name: string, version?: string): Promise<Runbook> {
  return read(Runbook, await client.call({ path: `/v1/runbooks/${encodeURIComponent(name)}`, query: { version } }));
}

async function versionBefore(client: Client, name: string, version = ''): Promise<string | undefined> {
  const { versions } = read(Versions, await client.call({ path: `/v1/runbooks/${encodeURIComponent(name)}/versions` }));
  const at = versions.findIndex((each) => each.version.startsWith(version));
  return (versions[at + 1] ?? versions[at])?.version;
}

async function readDocument(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Fault('source-unreadable', { file }, { cause: error });
  }
}

function renderRunbooks(runbooks: readonly Summary[], next: string | null, { width, paint, now }: Terminal): string {
  if (runbooks.length === 0) return 'No runbook yet. `dd0c runbooks import FILE` takes one in; docs/runbooks.md tells how it is written.\n';
  const table = renderTable(
    runbooks,
    [
      { title: 'NAME', value: ({ name }) => name },
      { title: 'VERSION', value: ({ version }) => version.slice(0, 12) },
      { title: 'TITLE', value: ({ title }) => title, shrinks: true },
      { title: 'STEPS', value: ({ steps }) => String(steps) },
      { title: 'TRUST', value: ({ trust }) => trust },
      { title: 'IMPORTED', value: ({ importedAt, importedBy }) => `${relativeTime(importedAt, now())} by ${importedBy}` },
    ],
    { width, paint },
  );
  return table + footer(runbooks.length, 'runbook', next);
}

function paintLine(line: string, { paint }: Terminal): string {
  if (line.startsWith('+')) return paint('green', line);
  return line.startsWith('-') ? paint('red', line) : paint('dim', line);
}
