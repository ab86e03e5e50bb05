import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { readApproverKey } from '#proto/domain/approver-key.ts';
import { Fault } from '#proto/domain/fault.ts';
import { makeApproverKey } from '../../config/approver-key-file.ts';
import { read } from '../client.ts';
import { footer, type Offline, type Open } from '../session.ts';
import { printable } from '../terminal/printable.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { renderTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

const Key = z.looseObject({ id: z.string(), name: z.string(), publicKey: z.string(), owner: z.string(), ownerName: z.string(), addedAt: z.string() });
type Key = z.infer<typeof Key>;
const Keys = z.looseObject({ keys: z.array(Key) });

/** `dd0c keys …`: with these, people approve; the private halves stay with them. */
export function keyCommands(program: Command, open: Open, offline: Offline): void {
  const keys = program.command('keys').description('what people approve with');

  keys
    .command('generate')
    .description('make a key of your own, on this machine alone')
    .requiredOption('--out <file>', 'a new file for the private half')
    .action(async ({ out }: { readonly out: string }) => {
      const { keyId: id, text: publicKey } = await makeApproverKey(out);
      offline().tell({ id, publicKey, file: out }, () => `${publicKey}\n\nThe private half is in ${printable(out)}, for you alone. \`dd0c keys add '${publicKey}'\` makes the public half known here;\nwhoever owns an agent pins it under approvers in dd0c.yaml on its host.\n`);
    });

  keys
    .command('add <key>')
    .description('register a public key as yours: ed25519:…, or a file that holds it or a line of ssh-ed25519')
    .option('--name <name>', 'for people (default: what is written behind an ssh key, or the beginning of its id)')
    .action(async (given: string, { name }: { readonly name?: string }) => {
      const text = await publicHalf(given);
      const { keyId, text: publicKey } = readApproverKey(text);
      const comment = /^ssh-ed25519 \S+ (.{1,100})$/.exec(text)?.[1];
      const { client, terminal, tell } = await open();
      const key = read(Key, await client.call({ method: 'POST', path: '/v1/keys', body: { publicKey, name: name ?? comment ?? keyId.slice(0, 12) } }));
      tell(key, (told) => `${terminal.paint('bold', printable(told.name))}  ${told.id}\n\nRegistered. An agent believes it once its owner pins it in dd0c.yaml on its host:\n\napprovers:\n  - { name: ${printable(told.name)}, key: '${printable(told.publicKey)}', person: ${told.owner} }\n`);
    });

  keys
    .command('list')
    .description('every registered key')
    .action(async () => {
      const { client, terminal, tell } = await open();
      tell(read(Keys, await client.call({ path: '/v1/keys' })), (list) => renderKeys(list.keys, terminal));
    });

  keys
    .command('remove <id>')
    .description('take a key off the list; agents that pinned it go on believing it until their owners take it away')
    .action(async (id: string) => {
      const { client, tell } = await open();
      await client.call({ method: 'DELETE', path: `/v1/keys/${encodeURIComponent(id)}` });
      tell({ id, removed: true }, () => 'Removed. Take it out of dd0c.yaml on the hosts of agents too.\n');
    });
}

async function publicHalf(given: string): Promise<string> {
  if (given.startsWith('ed25519:') || given.startsWith('ssh-ed25519 ')) return given;
  let text: string;
  try {
    text = await readFile(given, 'utf8');
  } catch (error) {
    throw new Fault('approver-key-invalid', { file: given }, { cause: error });
  }
  if (text.includes('PRIVATE KEY')) throw new Fault('approver-key-invalid', { file: given, reason: 'it holds the private half, which never leaves you' });
  return text.trim();
}

function renderKeys(keys: readonly Key[], { width, paint, now }: Terminal): string {
  if (keys.length === 0) return 'No key yet. `dd0c keys generate --out FILE` makes one.\n';
  const table = renderTable(
    keys,
    [
      { title: 'ID', value: ({ id }) => id.slice(0, 16) },
      { title: 'NAME', value: ({ name }) => name, shrinks: true },
      { title: 'OF', value: ({ ownerName }) => ownerName, shrinks: true },
      { title: 'PUBLIC KEY', value: ({ publicKey }) => publicKey },
      { title: 'ADDED', value: ({ addedAt }) => relativeTime(addedAt, now()) },
    ],
    { width, paint },
  );
  return table + footer(keys.length, 'key', null);
}
