import { chmod, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import type { Finding } from '#proto/domain/finding.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { scanStack } from '#agent/pipeline.ts';
import { createTerraformScanner } from '#agent/scan/terraform/terraform-scanner.ts';
import { createStages } from '#test/unit/agent/stages.ts';
import { type AwsEmulator, providerMirror } from './aws-emulator.ts';
import { makeFolder } from './folder.ts';
import { onPath, quietEnvironment, terraform } from './terraform-program.ts';

/** A stack that terraform itself applied to the emulator. */
export interface AwsStack {
  readonly folder: string;
  /** The provider's ids by address. */
  readonly ids: ReadonlyMap<string, string>;
  /** Compares it with what is live, by a plan of the real provider. */
  readonly scan: () => Promise<StackReport>;
  /** How many resources terraform's own plan calls drifted, in the last scan. */
  readonly driftByTerraform: () => Promise<number>;
  /** The settings of terraform under which the last plan was shown. */
  readonly shownUnder: () => Promise<string>;
}

const State = z.object({
  resources: z.array(z.object({
    mode: z.string(), type: z.string(), name: z.string(), module: z.string().optional(),
    instances: z.array(z.object({ index_key: z.union([z.string(), z.number()]).optional(), attributes: z.record(z.string(), z.unknown()) })),
  })),
});

/** Applies this code; `ENDPOINT` in it is the emulator's address. */
export async function deployToAws(emulator: AwsEmulator, codeFile: string): Promise<AwsStack> {
  const code = (await readFile(codeFile, 'utf8')).replaceAll('ENDPOINT', emulator.url);
  const root = await makeFolder({ 'stack/main.tf': code, 'bin/terraform': keepingTerraform(), 'rc/terraformrc': `provider_installation {\n  filesystem_mirror {\n    path = "${providerMirror()}"\n  }\n}\n` });
  await chmod(join(root, 'bin/terraform'), 0o755);
  const [folder, shown] = [join(root, 'stack'), join(root, 'rc/shown.json')];
  const env = { ...quietEnvironment(join(root, 'rc/terraformrc')), PATH: [join(root, 'bin'), process.env['PATH']].join(delimiter), SHOWN: shown };
  await terraform(folder, ['init', '-input=false'], env);
  await terraform(folder, ['apply', '-auto-approve', '-input=false', '-parallelism=30'], env);
  return { folder, ids: await idsIn(folder), scan, driftByTerraform, shownUnder: () => readFile(`${shown}.rc`, 'utf8') };

  async function scan(): Promise<StackReport> {
    const scanner = createTerraformScanner();
    const { signal } = new AbortController();
    const [target] = await scanner.find(folder, signal);
    if (target === undefined) throw new Error('no stack was found');
    return await scanStack(target, { scanner, options: { against: { side: 'live' }, timeoutMs: 200_000, env }, stages: createStages() }, signal);
  }

  async function driftByTerraform(): Promise<number> {
    return z.object({ resource_drift: z.array(z.unknown()) }).parse(JSON.parse(await readFile(shown, 'utf8'))).resource_drift.length;
  }
}

/** What counts, one finding a line: the address, what became of it, how it is ranked, and the properties. */
export function whatCounts(findings: readonly Finding[]): readonly string[] {
  return findings.filter(({ noise }) => !noise).map(({ address, change, cause, severity, properties }) =>
    `${address} ${change} ${cause} ${severity} ${properties.filter(({ noise }) => noise === null).map(({ path }) => path).join(' ')}`);
}

async function idsIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const { resources } = State.parse(JSON.parse(await readFile(join(folder, 'terraform.tfstate'), 'utf8')));
  const managed = resources.filter(({ mode }) => mode === 'managed');
  return new Map(managed.flatMap(({ type, name, module, instances }) => instances.map(({ index_key: key, attributes }) => [`${module === undefined ? '' : `${module}.`}${type}.${name}${key === undefined ? '' : `[${JSON.stringify(key)}]`}`, String(attributes['id'])])));
}

/** A `terraform` that keeps a copy of what it shows, and of the settings under which it was asked. */
function keepingTerraform(): string {
  return `#!/bin/sh\ncase " $* " in *" show "*) cp "$TF_CLI_CONFIG_FILE" "$SHOWN.rc"; '${onPath('terraform') ?? ''}' "$@" | tee "$SHOWN" ;; *) exec '${onPath('terraform') ?? ''}' "$@" ;; esac\n`;
}
