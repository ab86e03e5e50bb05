import { type Command, Option } from 'commander';
import { joinKinds } from '#proto/domain/attestation.ts';
import type { EnrollRequest } from '../enroll/enroll.ts';
import type { Host } from '../host.ts';

const examples = `
Examples:
  dd0c-agent enroll --server control.example.com:7332 --ca-pin sha256:… --token-file join-token
  dd0c tokens create | … | dd0c-agent enroll --server … --ca-pin … --token-file -
  dd0c-agent enroll --server … --ca-pin … --join aws --policy ID

The token may also come in DD0C_JOIN_TOKEN. It never goes on the command line, where other users could see it.
With --join no token is needed: the host's role in AWS, or its pod's service account, vouches for it, where an
administrator said so with \`dd0c joins add\`.
The key of this agent is made here and never leaves this host.`;

/** `enroll`: trades a join token, or what vouches for this host, for an identity. */
export function enrollCommand(program: Command, host: Host, end: (exitCode: number) => void): void {
  program
    .command('enroll')
    .description('join the fleet of a control plane')
    .option('--server <host:port>', 'the enrolment listener; default: `server` of dd0c.yaml')
    .option('--ca-pin <pin>', 'whom to trust: sha256:… as the server printed it; default: the pin that the token carries')
    .option('--token-file <file>', 'file that holds the join token, - for standard input')
    .addOption(new Option('--join <way>', 'join without a token').choices(joinKinds))
    .option('--policy <id>', 'with --join: the join policy, as `dd0c joins list` shows it')
    .option('--kubernetes-token-file <file>', 'with --join kubernetes: the projected token')
    .option('--data <dir>', 'where this agent keeps its identity, spool and keys')
    .option('--config <file>', 'default: dd0c.yaml in the current folder')
    .option('--force', 'replace the identity that is there')
    .addHelpText('after', examples)
    .action(async (flags: EnrollRequest) => {
      const { enroll } = await import('../enroll/enroll.ts');
      end(await enroll(flags, host));
    });
}
