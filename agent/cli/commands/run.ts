import type { Command } from 'commander';
import type { Host } from '../host.ts';
import { parseSeconds } from './parse-number.ts';

interface RunFlags {
  readonly once?: true;
  readonly deadline: number;
  readonly config?: string;
  readonly data?: string;
}

const examples = `
Examples:
  dd0c-agent run                       connect, scan on the schedule of dd0c.yaml and on order, until stopped
  dd0c-agent run --once infra/         scan, report, end

With --once the exit code is 0 when everything that was reported is acknowledged, else 1; what was not acknowledged
stays on the disk for the next run. Without it, a line of JSON on standard output says when the agent is connected.`;

/** `run`: the agent at work. */
export function runCommand(program: Command, host: Host, end: (exitCode: number) => void): void {
  program
    .command('run')
    .description('scan and report to the control plane')
    .argument('[path...]', 'folders, states and plans; default: those of dd0c.yaml')
    .option('--once', 'scan once, report, end')
    .option('--deadline <seconds>', 'with --once: how long to wait for the acknowledgement', parseSeconds, 120)
    .option('--config <file>', 'default: dd0c.yaml in the current folder')
    .option('--data <dir>', 'where this agent keeps its identity, spool and keys')
    .addHelpText('after', examples)
    .action(async (paths: readonly string[], flags: RunFlags) => {
      const { run } = await import('../run/run.ts');
      end(await run({ ...flags, paths, mode: flags.once === true ? 'once' : 'service' }, host));
    });
}
