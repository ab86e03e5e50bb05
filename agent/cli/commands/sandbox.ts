import { type Command, Option } from 'commander';
import type { SandboxFlags } from '../sandbox/request.ts';
import type { Host } from '../host.ts';

const examples = `
Examples:
  dd0c-agent sandbox run -- bash -c 'id; ls -la /'
  dd0c-agent sandbox run --net api.example.com:443 --timeout 60 -- curl -sS https://api.example.com/health
  dd0c-agent sandbox run --workdir "$PWD/site" --tier 1 --report json -- make publish

The step gets nothing of this process's environment: what it needs is named by --env. A value whose name sounds like a
secret is masked in the output. Exit code: the command's own, 128 and more for a signal; 125 where it was not run.`;

/** `sandbox`: runs a command as a runbook step would run. */
export function sandboxCommand(program: Command, host: Host, end: (exitCode: number) => void): void {
  const sandbox = program.command('sandbox').description('run commands as runbook steps run');
  sandbox
    .command('run')
    .description('run one command in the strongest sandbox that holds here')
    .argument('[command...]', 'the program and its arguments, after --')
    .option('--spec <file>', 'what to run and what it may touch, as YAML or JSON; options have the last word')
    .option('--workdir <dir>', 'its working folder, which it may write; default: a private one that is gone afterwards')
    .option('--timeout <seconds>', 'how long it may run (default: 300)')
    .option('--memory <mib>', 'how much memory it may take (default: 1024)')
    .option('--pids <number>', 'how many processes and threads it may have (default: 256)')
    .option('--disk <mib>', 'how much it may write (default: 1024)')
    .option('--output-limit <bytes>', 'how much of its output is kept (default: 10485760)')
    .option('--net <hosts>', 'host:port pairs that it may reach, by commas; `*.name` for the names below one (default: none)')
    .option('--env <name=value...>', 'its environment; a name alone takes the value that it has here')
    .addOption(new Option('--tier <tier>', 'refuse to run in any other').choices(['1', '2']))
    .addOption(new Option('--report <format>', 'a last line on standard error that tells how it ended').choices(['json']))
    .option('--raw', 'hand the output on as it comes: neither masked nor made safe for a terminal')
    .option('--warm', 'through a launcher that was started before, as the steps of a running agent are')
    .addHelpText('after', examples)
    .action(async (command: readonly string[], flags: SandboxFlags) => {
      const { runInSandbox } = await import('../sandbox/run.ts');
      end(await runInSandbox(command, flags, host));
    });
}
