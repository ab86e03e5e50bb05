import type { Command } from 'commander';
import type { Host } from '../host.ts';

interface DoctorFlags {
  readonly json?: true;
  readonly data?: string;
  readonly config?: string;
}

const examples = `
Examples:
  dd0c-agent doctor
  dd0c-agent doctor --json --data /var/lib/dd0c-agent

Exit codes: 0 all is well, 1 something is wrong.`;

/** `doctor`: what stands in the agent's way here, and what to do about it. */
export function doctorCommand(program: Command, host: Host, end: (exitCode: number) => void): void {
  program
    .command('doctor')
    .description('check identity, clock, network, spool and tools of this host')
    .option('--json', 'one JSON document instead of a list')
    .option('--data <dir>', 'where this agent keeps its identity, spool and keys')
    .option('--config <file>', 'default: dd0c.yaml in the current folder')
    .addHelpText('after', examples)
    .action(async (flags: DoctorFlags) => {
      const { doctor } = await import('../doctor/doctor.ts');
      end(await doctor(flags, host));
    });
}
