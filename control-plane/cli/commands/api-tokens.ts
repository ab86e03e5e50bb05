import type { Command } from 'commander';
import { z } from 'zod';
import { parseDuration } from '../../config/duration.ts';
import { read } from '../client.ts';
import { footer, type ListOptions, type Open, pageQuery } from '../session.ts';
import { printable } from '../terminal/printable.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { renderTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

const Made = z.looseObject({ id: z.string(), name: z.string(), role: z.string(), token: z.string() });

const ApiToken = z.looseObject({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
type ApiToken = z.infer<typeof ApiToken>;

const ApiTokens = z.looseObject({ apiTokens: z.array(ApiToken), next: z.string().nullable() });

/** `dd0c api-tokens …`: with these, people and programs use the API. */
export function apiTokenCommands(program: Command, open: Open): void {
  const tokens = program.command('api-tokens').description('what people and programs use the API with');

  tokens
    .command('create')
    .description('make an API token; it is told once')
    .requiredOption('--name <name>', 'what it is for')
    .requiredOption('--role <role>', 'viewer, operator or admin')
    .option('--ttl <duration>', 'how long it lives: 12h, 90d (default: until it is revoked)')
    .action(async ({ name, role, ttl }: { readonly name: string; readonly role: string; readonly ttl?: string }) => {
      const ttlSeconds = ttl === undefined ? undefined : parseDuration(ttl, '--ttl');
      const { client, terminal, tell } = await open();
      const made = read(Made, await client.call({ method: 'POST', path: '/v1/api-tokens', body: { name, role, ttlSeconds } }));
      tell(made, (token) => `${terminal.paint('bold', printable(token.token))}\n\nThe API token of ${printable(token.name)} (${printable(token.role)}). It is shown once: keep it in a file and use --token-file.\n`);
    });

  tokens
    .command('list')
    .description('API tokens, without their secrets')
    .option('--limit <n>', 'how many at most')
    .option('--cursor <cursor>', 'go on behind a list before')
    .action(async (options: ListOptions) => {
      const { client, terminal, tell } = await open();
      const answer = read(ApiTokens, await client.call({ path: '/v1/api-tokens', query: pageQuery(options) }));
      tell(answer, (list) => renderApiTokens(list.apiTokens, list.next, terminal));
    });

  tokens
    .command('revoke <id>')
    .description('make an API token useless from now on')
    .action(async (id: string) => {
      const { client, tell } = await open();
      await client.call({ method: 'DELETE', path: `/v1/api-tokens/${encodeURIComponent(id)}` });
      tell({ id, revoked: true }, () => 'Revoked. Requests that carry it are refused from now on.\n');
    });
}

function renderApiTokens(tokens: readonly ApiToken[], next: string | null, { width, paint, now }: Terminal): string {
  if (tokens.length === 0) return 'No API token. `dd0c api-tokens create` makes one.\n';
  const state = ({ revokedAt, expiresAt }: ApiToken): string => {
    if (revokedAt !== null) return 'revoked';
    return expiresAt !== null && Date.parse(expiresAt) <= now() ? 'expired' : 'valid';
  };
  const table = renderTable(
    tokens,
    [
      { title: 'ID', value: ({ id }) => id },
      { title: 'NAME', value: ({ name }) => name, shrinks: true },
      { title: 'ROLE', value: ({ role }) => role },
      { title: 'STATE', value: state, colour: (token) => (state(token) === 'valid' ? 'green' : 'dim') },
      { title: 'ENDS', value: ({ expiresAt }) => (expiresAt === null ? 'never' : relativeTime(expiresAt, now())) },
      { title: 'MADE', value: ({ createdAt }) => relativeTime(createdAt, now()) },
    ],
    { width, paint },
  );
  return table + footer(tokens.length, 'API token', next);
}
