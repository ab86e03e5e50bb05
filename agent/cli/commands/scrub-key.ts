import type { Command } from 'commander';
import type { Host } from '../host.ts';
import type { ScrubKeyOptions } from '../scrub-key.ts';

const about = `
The key stays on this host. With it equal secrets give equal placeholders, so that one that changed is seen as changed.
Rotate it where it may have been read, or where placeholders of the past should be tied to no future one.`;

/** `scrub-key`: the key by which secrets are told apart without being told. */
export function scrubKeyCommand(program: Command, host: Host, end: (exitCode: number) => void): void {
  const command = program.command('scrub-key').description('show or rotate the key for fingerprints of secrets').addHelpText('after', about);
  for (const [name, description] of [['show', 'which key is in use; never the key itself'], ['rotate', 'make a new key; the old one is gone']] as const) {
    command
      .command(name)
      .description(description)
      .option('--data <dir>', 'where this agent keeps its identity, spool and keys')
      .action(async (options: ScrubKeyOptions) => {
        const { rotateKey, showScrubKey } = await import('../scrub-key.ts');
        end(await (name === 'show' ? showScrubKey : rotateKey)(options, host));
      });
  }
}
