import type { Command } from 'commander';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { parseDuration } from '../../config/duration.ts';
import { read } from '../client.ts';
import { footer, type ListOptions, type Open, pageQuery } from '../session.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { renderTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

const Recovery = z.looseObject({ id: z.string(), agent: z.string(), hostname: z.string(), state: z.string(), key: z.string(), address: z.string(), askedAt: z.string(), lastAskedAt: z.string() });
type Recovery = z.infer<typeof Recovery>;

const Recoveries = z.looseObject({ recoveries: z.array(Recovery), next: z.string().nullable() });
const Setting = z.object({ policy: z.looseObject({ kind: z.string(), seconds: z.number().optional() }) });

/** `dd0c recoveries …`: agents that come back after their certificate ran out. */
export function recoveryCommands(program: Command, open: Open): void {
  const recoveries = program.command('recoveries').description('agents that come back after their certificate ran out');

  recoveries
    .command('list')
    .description('who asks, and what became of it')
    .option('--limit <n>', 'how many at most')
    .option('--cursor <cursor>', 'go on behind a list before')
    .action(async (options: ListOptions) => {
      const { client, terminal, tell } = await open();
      const answer = read(Recoveries, await client.call({ path: '/v1/recoveries', query: pageQuery(options) }));
      tell(answer, (list) => renderRecoveries(list.recoveries, list.next, terminal));
    });

  recoveries
    .command('approve <id>')
    .description('let an agent come back, for the one key for which it asks, within a day')
    .action(async (id: string) => decide(id, 'approve', ({ agent, hostname }) => `Agent ${agent} (${hostname}) may come back; it asks again within some minutes.\n`));

  recoveries
    .command('deny <id>')
    .description('refuse the key for which an agent asks, for good')
    .action(async (id: string) => decide(id, 'deny', () => 'Denied. `dd0c agents remove` takes the agent out of the fleet.\n'));

  recoveries
    .command('policy')
    .description('what becomes of an agent that asks')
    .action(async () => {
      const { client, tell } = await open();
      tell(read(Setting, await client.call({ path: '/v1/recovery-policy' })), ({ policy }) => `${policy.kind === 'within' ? `within ${policy.seconds} s after its certificate ended it is let in; later a person is asked` : policy.kind}\n`);
    });

  recoveries
    .command('set-policy <policy>')
    .description('never; ask, a person approves; or a duration as in 72h: so long after its certificate ended an agent is let in, and later a person is asked')
    .option('--agent <id>', 'for this agent alone; `tenant` as the policy lets that of all hold again')
    .action(async (text: string, { agent }: { readonly agent?: string }) => {
      const { client, tell } = await open();
      const policy = parsePolicy(text, agent);
      await client.call({ method: 'POST', path: agent === undefined ? '/v1/recovery-policy' : `/v1/agents/${encodeURIComponent(agent)}/recovery-policy`, body: { policy } });
      tell({ agent: agent ?? null, policy }, () => 'Set.\n');
    });

  async function decide(id: string, verb: 'approve' | 'deny', render: (recovery: Recovery) => string): Promise<void> {
    const { client, tell } = await open();
    tell(read(Recovery, await client.call({ method: 'POST', path: `/v1/recoveries/${encodeURIComponent(id)}/${verb}` })), render);
  }
}

function parsePolicy(text: string, agent: string | undefined): { readonly kind: string; readonly seconds?: number } | null {
  if (text === 'never' || text === 'ask') return { kind: text };
  if (text !== 'tenant') return { kind: 'within', seconds: parseDuration(text, 'set-policy') };
  if (agent === undefined) throw new Fault('usage', { given: text, expected: 'never, ask or a duration; `tenant` goes with --agent' });
  return null;
}

function renderRecoveries(recoveries: readonly Recovery[], next: string | null, { width, paint, now }: Terminal): string {
  if (recoveries.length === 0) return 'No agent has asked to come back.\n';
  const table = renderTable(
    recoveries,
    [
      { title: 'ID', value: ({ id }) => id },
      { title: 'AGENT', value: ({ agent }) => agent },
      { title: 'HOST', value: ({ hostname }) => hostname, shrinks: true },
      { title: 'STATE', value: ({ state }) => state, colour: ({ state }) => (state === 'waiting' ? 'yellow' : 'dim') },
      { title: 'FROM', value: ({ address }) => address, shrinks: true },
      { title: 'KEY', value: ({ key }) => key.slice(0, 12) },
      { title: 'ASKED', value: ({ lastAskedAt }) => relativeTime(lastAskedAt, now()) },
    ],
    { width, paint },
  );
  return table + warnOfCopies(recoveries) + footer(recoveries.length, 'recovery', next);
}

/** An agent makes one key until it has its certificate. */
function warnOfCopies(recoveries: readonly Recovery[]): string {
  const waiting = recoveries.filter(({ state }) => state === 'waiting').map(({ agent }) => agent);
  const twice = [...new Set(waiting.filter((agent, index) => waiting.indexOf(agent) !== index))];
  return twice.map((agent) => `\nAgent ${agent} asks with several keys: its disk was probably copied. Find out before you approve one.\n`).join('');
}
