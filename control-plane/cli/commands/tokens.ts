import type { Command } from 'commander';
import { z } from 'zod';
import { parseDuration } from '../../config/duration.ts';
import { read } from '../client.ts';
import { count, footer, type ListOptions, type Open, pageQuery } from '../session.ts';
import { printable } from '../terminal/printable.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { renderTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { parseCount } from './count.ts';
import { gather, parseLabels } from './labels.ts';

const Made = z.object({
  id: z.string(),
  token: z.string(),
  server: z.string(),
  caPin: z.string(),
  expiresAt: z.string(),
  command: z.string(),
});
type Made = z.infer<typeof Made>;

const Token = z.looseObject({
  id: z.string(),
  name: z.string().nullable(),
  uses: z.number(),
  used: z.number(),
  expiresAt: z.string(),
  revokedAt: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
  networks: z.array(z.string()),
});
type Token = z.infer<typeof Token>;

const Tokens = z.looseObject({ tokens: z.array(Token), next: z.string().nullable() });

interface CreateOptions {
  readonly uses: string;
  readonly ttl: string;
  readonly name?: string;
  readonly label: readonly string[];
  readonly network: readonly string[];
}

/** `dd0c tokens …`: with these, agents join. */
export function tokenCommands(program: Command, open: Open): void {
  const tokens = program.command('tokens').description('what agents join with');

  tokens
    .command('create')
    .description('make a join token; it is told once')
    .option('--uses <n>', 'how many agents it may enrol', '1')
    .option('--ttl <duration>', 'how long it lives: 30m, 1h, 7d', '1h')
    .option('--name <name>', 'what it is for')
    .option('--label <name=value>', 'given to every agent that joins with it; again for more', gather, [])
    .option('--network <cidr>', 'good only for hosts in this network, as in 10.0.0.0/8; again for more', gather, [])
    .action(async ({ uses, ttl, name, label, network }: CreateOptions) => {
      const body = { uses: parseCount(uses, '--uses'), ttlSeconds: parseDuration(ttl, '--ttl'), name, labels: parseLabels(label), networks: network };
      const { client, terminal, tell } = await open();
      const made = read(Made, await client.call({ method: 'POST', path: '/v1/tokens', body }));
      tell(made, (token) => renderMade(token, body.uses, terminal));
    });

  tokens
    .command('list')
    .description('join tokens, without their secrets')
    .option('--limit <n>', 'how many at most')
    .option('--cursor <cursor>', 'go on behind a list before')
    .action(async (options: ListOptions) => {
      const { client, terminal, tell } = await open();
      const answer = read(Tokens, await client.call({ path: '/v1/tokens', query: pageQuery(options) }));
      tell(answer, (list) => renderTokens(list.tokens, list.next, terminal));
    });

  tokens
    .command('revoke <id>')
    .description('make a join token useless')
    .action(async (id: string) => {
      const { client, tell } = await open();
      await client.call({ method: 'DELETE', path: `/v1/tokens/${encodeURIComponent(id)}` });
      tell({ id, revoked: true }, () => 'Revoked. Agents that it has enrolled stay; `dd0c agents remove` takes one out.\n');
    });
}

function renderMade({ token, command, expiresAt }: Made, uses: number, { paint, now }: Terminal): string {
  return [
    paint('bold', printable(token)),
    '',
    `This join token enrols ${count(uses, 'agent')} and ends ${relativeTime(expiresAt, now())}. It is shown once. On the new host:`,
    '',
    `  ${paint('cyan', printable(command))}`,
    '',
    'It waits for the token on standard input: paste it, then Enter and Ctrl-D.',
    '',
  ].join('\n');
}

function renderTokens(tokens: readonly Token[], next: string | null, { width, paint, now }: Terminal): string {
  if (tokens.length === 0) return 'No join token. `dd0c tokens create` makes one.\n';
  const state = ({ revokedAt, expiresAt, used, uses }: Token): string => {
    if (revokedAt !== null) return 'revoked';
    if (Date.parse(expiresAt) <= now()) return 'expired';
    return used >= uses ? 'used up' : 'valid';
  };
  const table = renderTable(
    tokens,
    [
      { title: 'ID', value: ({ id }) => id },
      { title: 'NAME', value: ({ name }) => name ?? '–', shrinks: true },
      { title: 'STATE', value: state, colour: (token) => (state(token) === 'valid' ? 'green' : 'dim') },
      { title: 'USED', value: ({ used, uses }) => `${used} of ${uses}` },
      { title: 'GOOD FROM', value: ({ networks }) => (networks.length === 0 ? 'anywhere' : networks.join(' ')), shrinks: true },
      { title: 'LABELS', value: ({ labels }) => Object.entries(labels).map(([label, value]) => `${label}=${value}`).join(' ') || '–', shrinks: true },
      { title: 'ENDS', value: ({ expiresAt }) => relativeTime(expiresAt, now()) },
    ],
    { width, paint },
  );
  return table + footer(tokens.length, 'join token', next);
}
