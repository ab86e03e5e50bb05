import type { Command } from 'commander';
import { z } from 'zod';
import { read } from '../client.ts';
import { footer, type ListOptions, type Open } from '../session.ts';
import { severityColour } from '../terminal/paint.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { renderTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { Finding, renderFinding } from './finding.ts';
import { Offers, renderOffers } from './offers.ts';

const Summary = z.looseObject({
  id: z.string(),
  fingerprint: z.string(),
  stack: z.string(),
  address: z.string(),
  change: z.string(),
  severity: z.string(),
  firstSeen: z.string(),
  lastSeen: z.string(),
  resolvedAt: z.string().nullable(),
});
type Summary = z.infer<typeof Summary>;

const Findings = z.looseObject({ findings: z.array(Summary), next: z.string().nullable() });

interface FindingOptions extends ListOptions {
  readonly stack?: string;
  readonly severity?: string;
  readonly state?: string;
  readonly change?: string;
  readonly type?: string;
  readonly address?: string;
  readonly noise?: string;
}

/** `dd0c findings …` */
export function findingCommands(program: Command, open: Open): void {
  const findings = program.command('findings').description('what drifted');

  findings
    .command('list')
    .description('what drifted, the newest first')
    .option('--stack <id>', 'only of this stack')
    .option('--severity <severity>', 'only those at least low, medium, high or critical')
    .option('--state <state>', 'open, resolved or all (default open)')
    .option('--change <change>', 'only those modified, missing, unmanaged, extra or moved')
    .option('--type <type>', 'only resources of this type')
    .option('--address <text>', 'only those with this text in their address')
    .option('--noise <noise>', 'what a rule explained away: hide, show or only (default hide)')
    .option('--limit <n>', 'how many at most')
    .option('--cursor <cursor>', 'go on behind a list before')
    .action(async (options: FindingOptions) => {
      const { client, terminal, tell } = await open();
      const answer = await client.call({ path: '/v1/findings', query: { ...options } });
      tell(read(Findings, answer), (list) => renderFindings(list.findings, list.next, terminal));
    });

  findings
    .command('show <id>')
    .description('one finding, property by property')
    .action(async (id: string) => {
      const { client, terminal, tell } = await open();
      const path = `/v1/findings/${encodeURIComponent(id)}`;
      const finding = read(Finding, await client.call({ path }));
      const { offers } = finding.resolvedAt === null ? read(Offers, await client.call({ path: `${path}/runbooks` })) : { offers: [] };
      tell({ ...finding, runbooks: offers }, () => renderFinding(finding, terminal) + renderOffers(finding.id, offers, terminal));
    });
}

function renderFindings(findings: readonly Summary[], next: string | null, { width, paint, now }: Terminal): string {
  if (findings.length === 0) return 'No finding. `dd0c stacks list` says what was checked, and what was not.\n';
  const table = renderTable(
    findings,
    [
      { title: 'ID', value: ({ id }) => id },
      { title: 'SEVERITY', value: ({ severity }) => severity, colour: ({ severity }) => severityColour(severity) },
      { title: 'CHANGE', value: ({ change, resolvedAt }) => (resolvedAt === null ? change : `${change}, resolved`) },
      { title: 'ADDRESS', value: ({ address }) => address, shrinks: true },
      { title: 'STACK', value: ({ stack }) => stack, shrinks: true },
      { title: 'FIRST SEEN', value: ({ firstSeen }) => relativeTime(firstSeen, now()) },
      { title: 'LAST SEEN', value: ({ lastSeen }) => relativeTime(lastSeen, now()) },
    ],
    { width, paint },
  );
  return table + footer(findings.length, 'finding', next);
}
