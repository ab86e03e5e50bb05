import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { type Client, read } from '../client.ts';
import { count, type Open } from '../session.ts';
import { Authority, renderAuthority } from './authority-view.ts';
import { writeLines } from './write-lines.ts';

interface RotateOptions {
  readonly to: string;
  readonly force?: true;
  readonly share?: string;
  readonly root?: string;
  readonly voucher?: string;
}

interface WhichOptions {
  readonly successor?: true;
}

const Exported = z.looseObject({ host: z.string(), file: z.string(), passphrase: z.string() });
const Requested = z.looseObject({ role: z.string(), request: z.string() });

const steps = ['prepare', 'trust', 'issue', 'retire'] as const;

/** `dd0c ca …` */
export function authorityCommands(program: Command, open: Open): void {
  const ca = program.command('ca').description('the certificate authority: its rotation, and where its keys are');

  ca.command('status')
    .description('roots, intermediates, the phase of a rotation, and which agents are not ready for its next step')
    .action(async () => {
      const { client, terminal, tell } = await open();
      tell(await look(client), (status) => renderAuthority(status, terminal));
    });

  ca.command('rotate')
    .description('put another root in the place of this one, step by step: prepare, trust, issue, retire')
    .requiredOption('--to <step>', `the step to take: ${steps.join(', ')}`)
    .option('--force', 'go on though agents are not ready: they are left behind and have to enrol again')
    .option('--share <percent>', 'how many of the agents have to be ready (default 100)')
    .option('--root <file>', 'with --to prepare: a root certificate that was made elsewhere')
    .option('--voucher <file>', 'with --root: the same root, signed by the root that is to be replaced')
    .action(async (options: RotateOptions) => {
      const step = parseStep(options.to);
      const share = parseShare(options.share);
      const files = { ...(options.root && { root: await readPem(options.root) }), ...(options.voucher && { voucher: await readPem(options.voucher) }) };
      const { client, terminal, tell, warn } = await open();
      if (options.force) await warnOfForce(client, step, warn);
      const status = read(Authority, await client.call({ method: 'POST', path: '/v1/ca/rotation', body: { step, force: options.force === true, share, ...files } }));
      tell(status, (now) => renderAuthority(now, terminal));
    });

  ca.command('rollback')
    .description('one step back: possible until the old root is retired')
    .option('--force', 'go back though agents have certificates of the successor: they are left behind and have to enrol again')
    .action(async ({ force }: { readonly force?: true }) => {
      const { client, terminal, tell } = await open();
      tell(read(Authority, await client.call({ method: 'POST', path: '/v1/ca/rotation', body: { step: 'roll-back', force: force === true } })), (status) => renderAuthority(status, terminal));
    });

  which(ca.command('export-root').description('write the private key of the root into the data folder of the server, encrypted; prints the passphrase, once')).action(async (options: WhichOptions) => {
    const { client, tell } = await open();
    tell(
      read(Exported, await client.call({ method: 'POST', path: '/v1/ca/root/export', body: { which: whichOf(options) } })),
      ({ host, file, passphrase }) =>
        `Written on ${host}: ${file}\nPassphrase, shown this once: ${passphrase}\n\nTake the file away from that host and keep both apart. See that it opens:\n  openssl pkey -in FILE -noout\nThen take the key from the server: dd0c ca remove-root${options.successor === true ? ' --successor' : ''} --yes\n`,
    );
  });

  which(ca.command('remove-root').description('take the private key of the root, which was exported, from the server'))
    .option('--yes', 'the exported key was tried and is kept elsewhere')
    .action(async ({ yes, ...options }: WhichOptions & { readonly yes?: true }) => {
      if (yes !== true) throw new Fault('usage', { reason: 'without the exported key there is never again an intermediate of this root: say --yes when you have tried it' });
      const { client, terminal, tell } = await open();
      tell(read(Authority, await client.call({ method: 'POST', path: '/v1/ca/root/remove', body: { which: whichOf(options) } })), (status) => renderAuthority(status, terminal));
    });

  which(ca.command('request-intermediate <role>').description('make a key for an intermediate (agents or servers), and print the request that the root is to sign'))
    .option('--output <file>', 'write the request there')
    .action(async (role: string, { output, ...options }: WhichOptions & { readonly output?: string }) => {
      const { client, tell } = await open();
      const body = { role: parseRole(role), which: whichOf(options) };
      const answer = read(Requested, await client.call({ method: 'POST', path: '/v1/ca/intermediates/request', body }));
      if (output !== undefined) await writeLines(output, lines(answer.request));
      tell(answer, ({ request }) => (output === undefined ? request : `Written: ${output}. Sign it with the root, then: dd0c ca import-intermediate FILE\n`));
    });

  ca.command('import-intermediate <file>')
    .description('take in an intermediate that the root has signed; from now on it issues')
    .action(async (file: string) => {
      const certificate = await readPem(file);
      const { client, terminal, tell } = await open();
      tell(read(Authority, await client.call({ method: 'POST', path: '/v1/ca/intermediates/import', body: { certificate } })), (status) => renderAuthority(status, terminal));
    });

  which(ca.command('renew-intermediate <role>').description('have the root sign another intermediate (agents or servers), where its key is on the server')).action(async (role: string, options: WhichOptions) => {
    const { client, terminal, tell } = await open();
    const body = { role: parseRole(role), which: whichOf(options) };
    tell(read(Authority, await client.call({ method: 'POST', path: '/v1/ca/intermediates/renew', body })), (status) => renderAuthority(status, terminal));
  });

  ca.command('restored')
    .description('say that the database was put back from a backup: certificates issued since are known again as their agents come')
    .option('--yes', 'it was')
    .action(async ({ yes }: { readonly yes?: true }) => {
      if (yes !== true) throw new Fault('usage', { reason: 'this lets certificates in that are not in the record; say --yes if the database was put back' });
      const { client, terminal, tell } = await open();
      tell(read(Authority, await client.call({ method: 'POST', path: '/v1/ca/restored' })), (status) => renderAuthority(status, terminal));
    });
}

async function look(client: Client) {
  return read(Authority, await client.call({ path: '/v1/ca' }));
}

/** Says plainly what it will cost, before it does. */
async function warnOfForce(client: Client, step: string, warn: (text: string) => void): Promise<void> {
  const { next } = await look(client);
  const behind = next.counted - next.ready;
  if (next.step !== step || behind + next.away === 0) return;
  warn(`warning: ${count(behind, 'agent')} not ready and ${next.away} away are left behind: they cannot connect any more and have to enrol again.\n`);
  for (const { name, id } of next.waiting) warn(`  ${name} (${id})\n`);
}

function which(command: Command): Command {
  return command.option('--successor', 'of the root that is to take over');
}

function whichOf({ successor }: WhichOptions): 'current' | 'successor' {
  return successor === true ? 'successor' : 'current';
}

function parseStep(text: string): (typeof steps)[number] {
  const step = steps.find((known) => known === text);
  if (step === undefined) throw new Fault('usage', { option: '--to', given: text, expected: steps.join(', ') });
  return step;
}

function parseRole(text: string): string {
  if (text !== 'agents' && text !== 'servers') throw new Fault('usage', { argument: 'role', given: text, expected: 'agents or servers' });
  return text;
}

function parseShare(text = '100'): number {
  const percent = Number(text);
  if (text.trim() === '' || !(percent >= 0 && percent <= 100)) throw new Fault('usage', { option: '--share', given: text, expected: 'a number from 0 to 100' });
  return percent / 100;
}

async function readPem(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Fault('usage', { file, reason: 'it cannot be read' }, { cause });
  });
  const [certificate] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/.exec(text) ?? []; // openssl writes text before it
  if (certificate === undefined) throw new Fault('usage', { file, reason: 'it holds no certificate in PEM' });
  return certificate;
}

async function* lines(text: string): AsyncIterable<string> {
  yield* text.trimEnd().split('\n');
}
