import type { Command } from 'commander';
import type { Host } from '../host.ts';

interface EnrollFlags {
  readonly server?: string;
  readonly caPin?: string;
  readonly tokenFile?: string;
  readonly data?: string;
  readonly config?: string;
  readonly force?: true;
}

const examples = `
Examples:
  dd0c-agent enroll --server control.example.com:7332 --ca-pin sha256:… --token-file join-token
  dd0c tokens create | … | dd0c-agent enroll --server … --ca-pin … --token-file -

The token may also come in DD0C_JOIN_TOKEN. It never goes on the command line, where other users could see it.
The key of this agent is made here and never leaves this host.`;

/** `enroll`: trades a join token for an identity. */
export function enrollCommand(program: Command, host: Host, end: (exitCode: number) => void): void {
  program
    .command('enroll')
    .description('join the fleet of a control plane')
    .option('--server <host:port>', 'the enrolment listener; default: `server` of dd0c.yaml')
    .option('--ca-pin <pin>', 'whom to trust: sha256:… as the server printed it; default: the pin that the token carries')
    .option('--token-file <file>', 'file that holds the join token, - for standard input')
    .option('--data <dir>', 'where this agent keeps its identity, spool and keys')
    .option('--config <file>', 'default: dd0c.yaml in the current folder')
    .option('--force', 'replace the identity that is there')
    .addHelpText('after', examples)
    .action(async (flags: EnrollFlags) => {
      const { enroll } = await import('../enroll/enroll.ts');
      end(await enroll(flags, host));
    });
}
