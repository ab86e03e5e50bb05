import { type Command, Option } from 'commander';
import type { FormatName } from '../format/format.ts';
import type { Host } from '../host.ts';
import { parseParallel, parseSeconds } from './parse-number.ts';

interface ScanFlags {
  readonly against?: string;
  readonly format: FormatName;
  readonly output?: string;
  readonly showNoise?: true;
  readonly explain?: string;
  readonly list?: true;
  readonly failOn: 'none' | 'low' | 'medium' | 'high' | 'critical';
  readonly context?: string;
  readonly timeout?: number;
  readonly parallel?: number;
  readonly config?: string;
  readonly data?: string;
}

const examples = `
Examples:
  dd0c-agent scan infra/                          every stack below a folder
  dd0c-agent scan plan.json                       what \`terraform show -json\` wrote
  dd0c-agent scan infra/ --against live           asks the provider, by terraform
  dd0c-agent scan cloudformation://               the stacks of this AWS account and region
  dd0c-agent scan helm://shop/                    the Helm releases of a namespace
  kustomize build prod | dd0c-agent scan - --against live
  dd0c-agent scan infra/ --format json > drift.json
  dd0c-agent scan infra/ --fail-on high           exit code 2 only from high on
  dd0c-agent scan infra/ --explain aws_vpc.main   every rule that spoke about one resource

Exit codes: 0 in sync, 2 drift, 1 could not tell.`;

/** `scan`: looks, compares, prints; changes nothing and needs no server. */
export function scanCommand(program: Command, host: Host, end: (exitCode: number) => void): void {
  program
    .command('scan')
    .description('compare what is with what should be, and print what differs')
    .argument('[path...]', 'folders, states, plans, manifests and URLs, or - for standard input; default: those of dd0c.yaml, or the current folder')
    .option('--against <side>', 'what to compare with: live, code, or a file; default: the most telling that can be had')
    .addOption(new Option('--format <format>', 'how to tell it').choices(['human', 'json', 'sarif', 'junit', 'markdown']).default('human'))
    .option('--output <file>', 'write to a file instead of standard output')
    .option('--show-noise', 'list each difference that means nothing')
    .option('--explain <address>', 'tell every rule that spoke about the resource at this address (or glob), as text or json')
    .option('--list', 'scan nothing: tell what was found, what it was taken for, and what was passed over and why')
    .addOption(new Option('--fail-on <severity>', 'the least severity that makes the exit code 2').choices(['none', 'low', 'medium', 'high', 'critical']).default('low'))
    .option('--context <name>', 'of the kubeconfig, for Kubernetes with --against live')
    .option('--timeout <seconds>', 'for one stack whose comparison runs another program or waits for AWS', parseSeconds)
    .option('--parallel <n>', 'how many such programs run side by side; default: by cores and memory, 4 at most', parseParallel)
    .option('--config <file>', 'default: dd0c.yaml in the current folder')
    .option('--data <dir>', 'keep the key for fingerprints, and what the last scan saw, in this folder')
    .addHelpText('after', examples)
    .action(async (paths: readonly string[], flags: ScanFlags) => {
      const { scan } = await import('../scan/scan.ts');
      end(await scan({ ...flags, paths, noise: flags.showNoise === true ? 'listed' : 'folded', what: flags.list === true ? 'list' : 'report' }, host));
    });
}
