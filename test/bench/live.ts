import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { onPath, quietEnvironment, terraform } from '#test/harness/terraform-program.ts';
import { median, printRow, ratio, whole } from './figures.ts';
import { measureProcess } from './measure-process.ts';

/**
 * How long a live scan of a folder takes beside terraform's own plan of it: the plan alone, and the plan with `show`,
 * which is what it takes to have a plan as JSON. The folder is one that can be planned already, or one that is made here.
 */
export async function benchLive(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { folder: { type: 'string' }, resources: { type: 'string', default: '500' }, rounds: { type: 'string', default: '3' } } });
  if (onPath('terraform') === undefined) return void process.stdout.write('live: not run, no terraform on PATH\n');
  const scratch = await mkdtemp(join(tmpdir(), 'dd0c-bench-'));
  const env = quietEnvironment(process.env['TF_CLI_CONFIG_FILE'] ?? '/dev/null');
  try {
    const folder = values.folder ?? (await makeStack(scratch, Number(values.resources), env));
    const times: Record<'plan' | 'show' | 'scan', number[]> = { plan: [], show: [], scan: [] };
    for (let round = 0; round < Number(values.rounds); round += 1) {
      times.plan.push(await timed(folder, ['plan', '-json', '-input=false', '-lock=false', `-out=${join(scratch, 'plan.bin')}`], env));
      times.show.push(await timed(folder, ['show', '-json', join(scratch, 'plan.bin')], env));
      times.scan.push((await measureProcess<{ readonly ms: number }>('scan-one.ts', [folder, 'live'], env)).ms);
    }
    const [plan, show, scan] = [median(times.plan), median(times.show), median(times.scan)];
    printRow(['plan ms', 'show ms', 'live scan ms', 'to plan', 'to plan and show']);
    printRow([whole(plan), whole(show), whole(scan), ratio(scan, plan), ratio(scan, plan + show)]);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function timed(folder: string, args: readonly string[], env: Readonly<Record<string, string | undefined>>): Promise<number> {
  const begun = performance.now();
  await execa('terraform', args, { cwd: folder, env, extendEnv: false, stdin: 'ignore' });
  return performance.now() - begun;
}

/** Resources that need no provider, applied, and then changed in the code. */
async function makeStack(folder: string, resources: number, env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const code = (team: string): string => `locals {\n  tags = { env = "prod", team = "${team}" }\n}\n${Array.from({ length: resources }, (_, index) => `resource "terraform_data" "r${index}" {\n  input = { name = "x-${index}", tags = merge(local.tags, { n = "${index}" }) }\n}\n`).join('')}`;
  await writeFile(join(folder, 'main.tf'), code('platform'));
  await terraform(folder, ['init', '-input=false'], env);
  await terraform(folder, ['apply', '-auto-approve', '-input=false'], env);
  await writeFile(join(folder, 'main.tf'), code('network'));
  return folder;
}
