import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { isAwsSet } from '#agent/normalise/aws-sets.ts';
import { foldName } from '#proto/domain/resource-type.ts';
import { providerMirror } from '#test/harness/aws-emulator.ts';
import { makeFolder } from '#test/harness/folder.ts';
import { onPath, quietEnvironment } from '#test/harness/terraform-program.ts';

const missing = [onPath('terraform') === undefined ? 'terraform' : '', existsSync(join(providerMirror(), 'registry.terraform.io/hashicorp/aws')) ? '' : 'a provider mirror with hashicorp/aws (DD0C_TF_MIRROR)'].filter(Boolean);

/** `terraform providers schema -json`: https://developer.hashicorp.com/terraform/cli/commands/providers/schema */
interface Block {
  readonly attributes?: Readonly<Record<string, { readonly type?: unknown }>> | undefined;
  readonly block_types?: Readonly<Record<string, { readonly nesting_mode: string; readonly max_items?: number | undefined; readonly block: Block }>> | undefined;
}
const Block: z.ZodType<Block> = z.lazy(() => z.object({
  attributes: z.record(z.string(), z.object({ type: z.unknown() })).optional(),
  block_types: z.record(z.string(), z.object({ nesting_mode: z.string(), max_items: z.number().optional(), block: Block })).optional(),
}));
const Schemas = z.object({ provider_schemas: z.record(z.string(), z.object({ resource_schemas: z.record(z.string(), z.object({ block: Block })) })) });

test.skipIf(missing.length > 0)(`what is called a set of AWS is one in the provider's own schema, and in no case a list of that type${missing.length > 0 ? ` [not run: no ${missing.join(', no ')}]` : ''}`, async () => {
  const folder = await makeFolder({ 'main.tf': 'terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n    }\n  }\n}\n', rc: `provider_installation {\n  filesystem_mirror {\n    path = "${providerMirror()}"\n  }\n}\n` });
  const run = { cwd: folder, env: quietEnvironment(join(folder, 'rc')), extendEnv: false } as const;
  await execa('terraform', ['init'], run);
  const { stdout } = await execa('terraform', ['providers', 'schema', '-json'], { ...run, maxBuffer: 64 * 1024 * 1024 });

  const [provider] = Object.values(Schemas.parse(JSON.parse(stdout)).provider_schemas);
  const wrong = Object.entries(provider?.resource_schemas ?? {}).flatMap(([type, { block }]) => {
    const kinds = Map.groupBy([...kindsIn(block)], ([name]) => name);
    return [...kinds].filter(([name, found]) => isAwsSet({ name, types: [type] }) && !found.some(([, kind]) => kind === 'set')).map(([name]) => `${type}.${name}`);
  });

  expect(Object.keys(provider?.resource_schemas ?? {}).length).toBeGreaterThan(1_000);
  expect(wrong).toEqual([]);
}, 120_000);

/** Every list and set in a block, by its folded name; one of one element has no order. */
function* kindsIn({ attributes = {}, block_types = {} }: Block): Generator<readonly [string, string]> {
  for (const [name, { type }] of Object.entries(attributes)) if (Array.isArray(type) && (type[0] === 'set' || type[0] === 'list')) yield [foldName(name), type[0]];
  for (const [name, { nesting_mode, max_items, block }] of Object.entries(block_types)) {
    if (nesting_mode === 'set' || (nesting_mode === 'list' && max_items !== 1)) yield [foldName(name), nesting_mode];
    yield* kindsIn(block);
  }
}
