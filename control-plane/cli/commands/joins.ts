import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { read } from '../client.ts';
import { footer, type ListOptions, type Open, pageQuery } from '../session.ts';
import { printable } from '../terminal/printable.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { renderTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { gather, parseLabels } from './labels.ts';

const Rule = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('aws'), accounts: z.array(z.string()), roles: z.array(z.string()) }),
  z.looseObject({ kind: z.literal('kubernetes'), issuer: z.string(), audience: z.string(), serviceAccounts: z.array(z.string()) }),
]);

const Policy = z.looseObject({ id: z.string(), name: z.string(), rule: Rule, labels: z.record(z.string(), z.string()), networks: z.array(z.string()), createdAt: z.string() });
type Policy = z.infer<typeof Policy>;

const Made = Policy.extend({ server: z.string(), caPin: z.string(), command: z.string() });
type Made = z.infer<typeof Made>;

const Policies = z.looseObject({ joins: z.array(Policy), next: z.string().nullable() });

interface Common {
  readonly name: string;
  readonly label: readonly string[];
  readonly network: readonly string[];
}

interface AwsOptions extends Common {
  readonly account: readonly string[];
  readonly role: readonly string[];
}

interface KubernetesOptions extends Common {
  readonly issuer: string;
  readonly audience?: string;
  readonly serviceAccount: readonly string[];
  readonly keys?: string;
  readonly keysUrl?: string;
  readonly keysCa?: string;
}

/** `dd0c joins …`: who joins without a token. */
export function joinCommands(program: Command, open: Open): void {
  const joins = program.command('joins').description('who joins without a token: hosts for which AWS or a Kubernetes cluster vouches');
  const adding = joins.command('add').description('let hosts join for which somebody vouches');

  common(adding.command('aws').description('hosts with these roles in these accounts of AWS'))
    .requiredOption('--account <id>', 'an account, 12 digits; again for more', gather, [])
    .requiredOption('--role <name>', 'the name of a role, without its path; a * at the end stands for any rest; again for more', gather, [])
    .action(async ({ account: accounts, role: roles, ...given }: AwsOptions) => add(given, { kind: 'aws', accounts, roles }));

  common(adding.command('kubernetes').description('pods of a cluster with these service accounts'))
    .requiredOption('--issuer <url>', '`issuer` in `kubectl get --raw /.well-known/openid-configuration`, to the letter')
    .requiredOption('--service-account <namespace/name>', 'whose pods may join; again for more', gather, [])
    .option('--keys <file>', 'the keys of the cluster, as `kubectl get --raw /openid/v1/jwks` prints them')
    .option('--keys-url <url>', 'where the server fetches them instead, over https')
    .option('--keys-ca <file>', 'PEM of who vouches for that address; default: the public authorities')
    .option('--audience <text>', 'what the tokens must be made for; default: one for this policy alone')
    .action(async ({ issuer, audience, serviceAccount: serviceAccounts, keys, keysUrl, keysCa, ...given }: KubernetesOptions) =>
      add(given, { kind: 'kubernetes', issuer, audience, serviceAccounts, keys: await readKeys(keys, keysUrl, keysCa) }),
    );

  joins
    .command('list')
    .description('join policies')
    .option('--limit <n>', 'how many at most')
    .option('--cursor <cursor>', 'go on behind a list before')
    .action(async (options: ListOptions) => {
      const { client, terminal, tell } = await open();
      const answer = read(Policies, await client.call({ path: '/v1/joins', query: pageQuery(options) }));
      tell(answer, (list) => renderPolicies(list.joins, list.next, terminal));
    });

  joins
    .command('remove <id>')
    .description('let nobody join under a policy any more')
    .action(async (id: string) => {
      const { client, tell } = await open();
      await client.call({ method: 'DELETE', path: `/v1/joins/${encodeURIComponent(id)}` });
      tell({ id, removed: true }, () => 'Removed. Agents that it has let in stay; `dd0c agents remove` takes one out.\n');
    });

  async function add({ name, label, network }: Common, rule: object): Promise<void> {
    const { client, terminal, tell } = await open();
    const made = read(Made, await client.call({ method: 'POST', path: '/v1/joins', body: { name, rule, labels: parseLabels(label), networks: network } }));
    tell(made, (policy) => renderMade(policy, terminal));
  }
}

function common(command: Command): Command {
  return command
    .requiredOption('--name <name>', 'what it is for')
    .option('--label <name=value>', 'given to every agent that joins under it; again for more', gather, [])
    .option('--network <cidr>', 'good only for hosts in this network, as in 10.0.0.0/8; again for more', gather, []);
}

async function readKeys(file: string | undefined, url: string | undefined, caFile: string | undefined): Promise<unknown> {
  if ((file === undefined) === (url === undefined)) throw new Fault('usage', { option: '--keys', expected: 'either --keys FILE or --keys-url URL' });
  if (file === undefined) return { url, ...(caFile !== undefined && { ca: await readOption('--keys-ca', caFile) }) };
  try {
    return JSON.parse(await readOption('--keys', file));
  } catch (cause) {
    throw cause instanceof Fault ? cause : new Fault('usage', { option: '--keys', reason: 'the file is not JSON' }, { cause });
  }
}

async function readOption(option: string, file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Fault('usage', { option, reason: 'the file cannot be read' }, { cause });
  });
}

function renderMade({ command, rule }: Made, { paint }: Terminal): string {
  const audience = rule.kind === 'kubernetes' ? ['', `The pod mounts a token for the audience ${paint('bold', printable(rule.audience))} at /var/run/secrets/dd0c/token; docs/joining.md has the manifest.`] : [];
  return ['On each host that it names, without any secret:', '', `  ${paint('cyan', printable(command))}`, ...audience, ''].join('\n');
}

function renderPolicies(policies: readonly Policy[], next: string | null, { width, paint, now }: Terminal): string {
  if (policies.length === 0) return 'No join policy: every host needs a join token. `dd0c joins add` makes one.\n';
  const table = renderTable(
    policies,
    [
      { title: 'ID', value: ({ id }) => id },
      { title: 'NAME', value: ({ name }) => name, shrinks: true },
      { title: 'WHO', value: ({ rule }) => (rule.kind === 'aws' ? `aws ${rule.accounts.join(' ')}: ${rule.roles.join(' ')}` : `kubernetes ${rule.issuer}: ${rule.serviceAccounts.join(' ')}`), shrinks: true },
      { title: 'GOOD FROM', value: ({ networks }) => (networks.length === 0 ? 'anywhere' : networks.join(' ')), shrinks: true },
      { title: 'LABELS', value: ({ labels }) => Object.entries(labels).map(([label, value]) => `${label}=${value}`).join(' ') || '–', shrinks: true },
      { title: 'MADE', value: ({ createdAt }) => relativeTime(createdAt, now()) },
    ],
    { width, paint },
  );
  return table + footer(policies.length, 'join policy', next);
}
