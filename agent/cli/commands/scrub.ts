import { type Command, Option } from 'commander';
import type { Host } from '../host.ts';

interface ScrubFlags {
  readonly format: 'text' | 'jsonl';
  readonly config?: string;
  readonly data?: string;
}

const examples = `
Examples:
  kubectl describe pod web | dd0c-agent scrub
  dd0c-agent scrub --format jsonl < lines.jsonl      {"id","text"} becomes {"id","text","removed":[{"rule","start","end"}]}`;

/** `scrub`: standard input to standard output, without its secrets. */
export function scrubCommand(program: Command, host: Host, end: (exitCode: number) => void): void {
  program
    .command('scrub')
    .description('take secrets out of standard input')
    .addOption(new Option('--format <format>', 'what comes in').choices(['text', 'jsonl']).default('text'))
    .option('--config <file>', 'with the `scrub` section of this file; default: dd0c.yaml in the current folder')
    .option('--data <dir>', 'with the key for fingerprints of this folder; default: that of the enrolled agent, or one for this run alone')
    .addHelpText('after', examples)
    .action(async (flags: ScrubFlags) => {
      const { scrubInput } = await import('../scrub-input.ts');
      end(await scrubInput(flags, host));
    });
}
