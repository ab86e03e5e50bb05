import type { Command } from 'commander';
import type { Host } from '../host.ts';

interface ClassifyFlags {
  readonly jsonl?: boolean;
  readonly json?: boolean;
}

const examples = `
Examples:
  dd0c-agent classify 'kubectl delete ns prod'
  dd0c-agent classify < step.sh
  dd0c-agent classify --jsonl < commands.jsonl      {"id","command"} becomes {"id","risk","reasons":[{"rule","why","span"}]}`;

/** `classify`: what a command would do at worst, from its text alone. */
export function classifyCommand(program: Command, host: Host, end: (exitCode: number) => void): void {
  program
    .command('classify')
    .description('say how risky a command is, and why, without running it')
    .argument('[command]', 'one command or script; default: standard input')
    .option('--jsonl', 'every line of standard input is {"id","command"}')
    .option('--json', 'print the verdict as JSON')
    .addHelpText('after', examples)
    .action(async (command: string | undefined, flags: ClassifyFlags) => {
      const { classifyInput } = await import('../classify.ts');
      end(await classifyInput({ command, json: flags.json ?? false, jsonl: flags.jsonl ?? false }, host));
    });
}
