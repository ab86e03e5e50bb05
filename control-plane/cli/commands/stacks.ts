import type { Command } from 'commander';
import { z } from 'zod';
import { read } from '../client.ts';
import { count, footer, type ListOptions, type Open, pageQuery } from '../session.ts';
import { type Colour, severityColour } from '../terminal/paint.ts';
import { renderRecord } from '../terminal/record.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { renderTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { ScanOrders, tellScan } from './scan-orders.ts';

const number = z.number();

const Stack = z.looseObject({
  id: z.string(),
  kind: z.string(),
  source: z.string(),
  against: z.string(),
  agent: z.string().nullable(),
  lastScannedAt: z.string(),
  open: z.looseObject({ low: number, medium: number, high: number, critical: number }),
  ledger: z.looseObject({ checked: number, unsupported: number, unreadable: number, throttled: number, stale: number }),
  error: z.looseObject({ message: z.string(), next: z.string() }).nullable(),
});
type Stack = z.infer<typeof Stack>;

const Stacks = z.looseObject({ stacks: z.array(Stack), next: z.string().nullable() });

/** `dd0c stacks …` */
export function stackCommands(program: Command, open: Open): void {
  const stacks = program.command('stacks').description('what is watched');

  stacks
    .command('list')
    .description('every stack that an agent reported')
    .option('--limit <n>', 'how many at most')
    .option('--cursor <cursor>', 'go on behind a list before')
    .action(async (options: ListOptions) => {
      const { client, terminal, tell } = await open();
      const answer = read(Stacks, await client.call({ path: '/v1/stacks', query: pageQuery(options) }));
      tell(answer, (list) => renderStacks(list.stacks, list.next, terminal));
    });

  stacks
    .command('show <id>')
    .description('one stack')
    .action(async (id: string) => {
      const { client, terminal, tell } = await open();
      tell(read(Stack, await client.call({ path: stackPath(id) })), (stack) => renderStack(stack, terminal));
    });

  stacks
    .command('scan <id>')
    .description('ask the agent of a stack to scan it now')
    .action(async (id: string) => {
      const { client, tell } = await open();
      tell(read(ScanOrders, await client.call({ method: 'POST', path: `${stackPath(id)}/scan` })), tellScan);
    });
}

function stackPath(id: string): string {
  return `/v1/stacks/${encodeURIComponent(id)}`;
}

function renderStacks(stacks: readonly Stack[], next: string | null, { width, paint, now }: Terminal): string {
  if (stacks.length === 0) return 'No stack has been reported yet. `dd0c-agent run PATH…` on an enrolled host reports what it finds there.\n';
  const table = renderTable(
    stacks,
    [
      { title: 'ID', value: ({ id }) => id },
      { title: 'KIND', value: ({ kind }) => kind },
      { title: 'SOURCE', value: ({ source }) => source, shrinks: true },
      { title: 'STATE', value: verdict, colour: verdictColour },
      { title: 'NOT CHECKED', value: (stack) => String(unchecked(stack)), colour: (stack) => (unchecked(stack) > 0 ? 'yellow' : null) },
      { title: 'SCANNED', value: ({ lastScannedAt }) => relativeTime(lastScannedAt, now()) },
    ],
    { width, paint },
  );
  return table + footer(stacks.length, 'stack', next);
}

function renderStack(stack: Stack, { paint, now }: Terminal): string {
  const { ledger } = stack;
  return renderRecord(
    stack.id,
    [
      ['kind', stack.kind],
      ['source', stack.source],
      ['against', stack.against],
      ['state', verdict(stack)],
      ['checked', count(ledger.checked, 'resource')],
      ['not checked', `${ledger.unsupported} unsupported, ${ledger.unreadable} unreadable, ${ledger.throttled} throttled, ${ledger.stale} stale`],
      ['error', stack.error === null ? null : `${stack.error.message} ${stack.error.next}`],
      ['scanned', `${relativeTime(stack.lastScannedAt, now())} (${stack.lastScannedAt})`],
      ['agent', stack.agent],
    ],
    paint,
  );
}

/** "In sync" is never said of what was not checked. */
function verdict(stack: Stack): string {
  if (stack.error !== null) return 'could not tell';
  const { critical, high, medium, low } = stack.open;
  const told = Object.entries({ critical, high, medium, low }).filter(([, open]) => open > 0);
  if (told.length > 0) return told.map(([severity, open]) => `${open} ${severity}`).join(', ');
  if (stack.ledger.checked === 0) return 'nothing checked';
  return unchecked(stack) > 0 ? 'in sync where checked' : 'in sync';
}

function verdictColour(stack: Stack): Colour | null {
  if (stack.error !== null) return 'yellow';
  const worst = (['critical', 'high', 'medium', 'low'] as const).find((severity) => stack.open[severity] > 0);
  return worst === undefined ? 'green' : severityColour(worst);
}

function unchecked({ ledger }: Stack): number {
  return ledger.unsupported + ledger.unreadable + ledger.throttled + ledger.stale;
}
