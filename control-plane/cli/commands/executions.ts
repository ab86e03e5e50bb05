import type { Command } from 'commander';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { read } from '../client.ts';
import { followEvents } from '../event-source.ts';
import { footer, type ListOptions, type Open, pageQuery, type Session } from '../session.ts';
import { standingColour } from '../terminal/paint.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { renderTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { Execution, renderExecution } from './execution.ts';
import { renderEvent } from './execution-event.ts';

const Summary = z.looseObject({ id: z.string(), runbook: z.string(), standing: z.string(), at: z.string().nullable(), requester: z.looseObject({ name: z.string() }), createdAt: z.string() });
type Summary = z.infer<typeof Summary>;
const Executions = z.looseObject({ executions: z.array(Summary), next: z.string().nullable() });

interface StartOptions {
  readonly agent?: string;
  readonly finding?: string;
  readonly version?: string;
  readonly param: Record<string, string>;
  readonly watch?: boolean;
}

/** `dd0c executions …` */
export function executionCommands(program: Command, open: Open): void {
  const executions = program.command('executions').description('runbooks at work');

  executions
    .command('start <runbook>')
    .description('run a runbook, as far as it may without a person')
    .option('--agent <id>', 'where (default: the agent that reported the finding)')
    .option('--finding <id>', 'what it is to put right; the stack is scanned again afterwards')
    .option('--version <hash>', 'another than the newest, by the beginning of its hash')
    .option('--param <name=value>', 'the value of a parameter; once for each', collectParameter, {})
    .option('--watch', 'and show what happens until it is over')
    .action(async (runbook: string, { param, watch: isWatched, ...where }: StartOptions) => {
      const session = await open();
      const started = read(Execution, await session.client.call({ method: 'POST', path: '/v1/executions', body: { runbook, ...where, parameters: param } }));
      if (isWatched === true) return watch(started.id, session);
      session.tell(started, (execution) => renderExecution(execution, session.terminal));
    });

  executions
    .command('list')
    .description('executions, the newest first')
    .option('--standing <standing>', 'only those waiting, running, succeeded, failed, denied, cancelled or unknown')
    .option('--finding <id>', 'only those for this finding')
    .option('--limit <n>', 'how many at most')
    .option('--cursor <cursor>', 'go on behind a list before')
    .action(async ({ standing, finding, ...page }: ListOptions & { readonly standing?: string; readonly finding?: string }) => {
      const { client, terminal, tell } = await open();
      const answer = await client.call({ path: '/v1/executions', query: { ...pageQuery(page), standing, finding } });
      tell(read(Executions, answer), (list) => renderExecutions(list.executions, list.next, terminal));
    });

  executions
    .command('show <id>')
    .description('one execution, step by step')
    .action(async (id: string) => {
      const { client, terminal, tell } = await open();
      tell(read(Execution, await client.call({ path: pathOf(id) })), (execution) => renderExecution(execution, terminal));
    });

  executions
    .command('watch <id>')
    .description('what happened and what steps wrote, from the beginning until it is over')
    .action(async (id: string) => watch(id, await open()));

  executions
    .command('cancel <id>')
    .description('begin nothing more, and end what runs')
    .action(async (id: string) => {
      const { client, terminal, tell } = await open();
      tell(read(Execution, await client.call({ method: 'POST', path: `${pathOf(id)}/cancel` })), (execution) => renderExecution(execution, terminal));
    });

  executions
    .command('rollback <id> <step>')
    .description('take the effect of a step back; it needs an approval of its own')
    .action(async (id: string, step: string) => {
      const { client, terminal, tell } = await open();
      tell(read(Execution, await client.call({ method: 'POST', path: `${pathOf(id)}/rollback`, body: { step } })), (execution) => renderExecution(execution, terminal));
    });
}

/** One line an event, or what was written as it was written; with --json one document an event. */
async function watch(id: string, { client, terminal, tell }: Session): Promise<void> {
  for await (const event of followEvents(client, `${pathOf(id)}/events`, ({ event: kind }) => kind === 'ended')) {
    tell({ id: event.id, event: event.event, ...event.data }, () => renderEvent(event, terminal));
  }
}

function pathOf(id: string): string {
  return `/v1/executions/${encodeURIComponent(id)}`;
}

function collectParameter(text: string, before: Record<string, string>): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new Fault('usage', { reason: '--param takes NAME=VALUE' });
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

function renderExecutions(executions: readonly Summary[], next: string | null, { width, paint, now }: Terminal): string {
  if (executions.length === 0) return 'Nothing has been run yet. `dd0c executions start RUNBOOK --agent ID` runs something; `dd0c runbooks list` tells what.\n';
  const table = renderTable(
    executions,
    [
      { title: 'ID', value: ({ id }) => id },
      { title: 'RUNBOOK', value: ({ runbook }) => runbook, shrinks: true },
      { title: 'STANDING', value: ({ standing }) => standing, colour: ({ standing }) => standingColour(standing) },
      { title: 'AT', value: ({ at }) => at ?? '–' },
      { title: 'BY', value: ({ requester }) => requester.name },
      { title: 'STARTED', value: ({ createdAt }) => relativeTime(createdAt, now()) },
    ],
    { width, paint },
  );
  return table + footer(executions.length, 'execution', next);
}
