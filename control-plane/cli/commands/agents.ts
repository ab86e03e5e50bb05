import type { Command } from 'commander';
import { z } from 'zod';
import { type Client, read } from '../client.ts';
import { footer, type ListOptions, type Open, pageQuery } from '../session.ts';
import { type Paint, stateColour } from '../terminal/paint.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { renderRecord } from '../terminal/record.ts';
import { renderTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { ScanOrders, tellScan } from './scan-orders.ts';

const Agent = z.looseObject({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  version: z.string().nullable(),
  hostname: z.string().nullable(),
  os: z.string().nullable(),
  arch: z.string().nullable(),
  certificate: z.looseObject({ serial: z.string(), notAfter: z.string() }).nullable(),
  alerts: z.array(z.string()).default([]),
  enrolledAt: z.string(),
  lastSeen: z.string().nullable(),
});
type Agent = z.infer<typeof Agent>;

const Agents = z.looseObject({ agents: z.array(Agent), next: z.string().nullable().optional() });

/** `dd0c agents …` */
export function agentCommands(program: Command, open: Open): void {
  const agents = program.command('agents').description('who reports');

  agents
    .command('list')
    .description('every agent of the fleet')
    .option('--limit <n>', 'how many at most')
    .option('--cursor <cursor>', 'go on behind a list before')
    .action(async (options: ListOptions) => {
      const { client, terminal, tell } = await open();
      const answer = read(Agents, await client.call({ path: '/v1/agents', query: pageQuery(options) }));
      tell(answer, (list) => renderAgents(list.agents, list.next ?? null, terminal));
    });

  agents
    .command('show <id>')
    .description('one agent')
    .action(async (id: string) => {
      const { client, terminal, tell } = await open();
      tell(read(Agent, await client.call({ path: agentPath(id) })), (agent) => renderAgent(agent, terminal));
    });

  for (const [verb, done, what] of [
    ['lock', 'locked: its stream is cut and no new one is let in until `dd0c agents unlock`', 'cut an agent off until it is unlocked'],
    ['unlock', 'unlocked: it connects again by itself', 'let a locked agent connect again'],
    ['drain', 'draining: it takes no more orders, lets running steps end, empties its spool and ends; starting it again on its host ends this', 'ask an agent to finish what it does and to end'],
  ] as const) {
    agents
      .command(`${verb} <id>`)
      .description(what)
      .action(async (id: string) => {
        const { client, tell } = await open();
        tell(await act(client, id, verb), (agent) => `${agent.name} is ${done}.\n`);
      });
  }

  agents
    .command('remove <id>')
    .description('take an agent out of the fleet for good; it has to enrol again')
    .action(async (id: string) => {
      const { client, tell } = await open();
      await client.call({ method: 'DELETE', path: agentPath(id) });
      tell({ id, removed: true }, () => `Removed. Its certificates are revoked; it can only come back with a new join token.\n`);
    });

  agents
    .command('scan <id>')
    .description('ask an agent to scan all of its stacks now')
    .action(async (id: string) => {
      const { client, tell } = await open();
      tell(read(ScanOrders, await client.call({ method: 'POST', path: `${agentPath(id)}/scan` })), tellScan);
    });
}

function agentPath(id: string): string {
  return `/v1/agents/${encodeURIComponent(id)}`;
}

async function act(client: Client, id: string, verb: 'lock' | 'unlock' | 'drain'): Promise<Agent> {
  return read(Agent, await client.call({ method: 'POST', path: `${agentPath(id)}/${verb}` }));
}

function renderAgents(agents: readonly Agent[], next: string | null, { width, paint, now }: Terminal): string {
  if (agents.length === 0) return 'No agent has enrolled yet. `dd0c tokens create` makes a token and says how a host joins with it.\n';
  const table = renderTable(
    agents,
    [
      { title: 'ID', value: ({ id }) => id },
      { title: 'NAME', value: ({ name }) => name, shrinks: true },
      { title: 'STATE', value: ({ state, alerts }) => [state, ...alerts].join(', '), colour: ({ state }) => stateColour(state) },
      { title: 'VERSION', value: ({ version }) => version ?? '–' },
      { title: 'CERTIFICATE ENDS', value: ({ certificate }) => relativeTime(certificate?.notAfter ?? null, now()) },
      { title: 'LAST SEEN', value: ({ lastSeen }) => relativeTime(lastSeen, now()) },
    ],
    { width, paint },
  );
  return table + footer(agents.length, 'agent', next);
}

function renderAgent(agent: Agent, { paint, now }: { readonly paint: Paint; readonly now: () => number }): string {
  const system = [agent.hostname, agent.os, agent.arch].filter((part) => part !== null && part !== '').join(' · ');
  const ends = agent.certificate;
  return renderRecord(
    agent.name,
    [
      ['id', agent.id],
      ['state', agent.state],
      ['alerts', agent.alerts.length === 0 ? null : agent.alerts.join(', ')],
      ['version', agent.version],
      ['host', system === '' ? null : system],
      ['certificate', ends === null ? null : `${ends.serial}, ends ${relativeTime(ends.notAfter, now())} (${ends.notAfter})`],
      ['enrolled', `${relativeTime(agent.enrolledAt, now())} (${agent.enrolledAt})`],
      ['last seen', relativeTime(agent.lastSeen, now())],
    ],
    paint,
  );
}
