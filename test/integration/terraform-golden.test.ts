import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { createCodeFiles } from '#agent/scan/terraform/code/code-files.ts';
import { evaluateStack } from '#agent/scan/terraform/code/evaluate-stack.ts';
import { loadTree } from '#agent/scan/terraform/code/load-tree.ts';
import { toSide } from '#agent/scan/terraform/code/shape.ts';
import type { RecordedResource } from '#agent/scan/terraform/recorded/recorded.ts';
import { corpus } from '#test/harness/corpus.ts';
import { makeFolder } from '#test/harness/folder.ts';
import { scanTerraform } from '#test/harness/terraform.ts';

const hcl = corpus('iac/hcl');
const Expected = z.object({ resources: z.record(z.string(), z.record(z.string(), z.object({ attributes: z.record(z.string(), z.unknown()) }))) });

const goldens = hcl.isThere ? readdirSync(hcl.path).filter((name) => existsSync(join(hcl.path, name, 'expected.json'))) : [];

/**
 * The goldens show an instance where the number of instances cannot be told; here that is undecided. They show null where
 * a condition cannot be told; here that is unknown.
 */
const undecided: Readonly<Record<string, readonly string[]>> = {
  'policy-engine__count-err': ['aws_s3_bucket.count_bucket', 'aws_s3_bucket.for_each_bucket'],
  'policy-engine__null-count': ['aws_s3_bucket.foo'],
};

describe.skipIf(!hcl.isThere)(`policy-engine’s golden evaluations${hcl.reason}`, () => {
  test.each(goldens)('%s', async (name) => {
    const folder = join(hcl.path, name);
    const { resources } = Expected.parse(JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')));

    const tree = await loadTree(folder, name, new AbortController().signal);
    const coded = evaluateStack({ tree, variables: new Map(), workspace: 'default', recorded: standIn });

    expect(coded.undecided.map(({ address }) => address)).toEqual(undecided[name] ?? []);
    const ours = Object.fromEntries(coded.resources.map(({ address, body }) => [address.replaceAll('"', ''), toSide(body, null).values]));
    expect(ours).toEqual(expectedValues(name, resources));
  });
});

function expectedValues(name: string, resources: z.infer<typeof Expected>['resources']): unknown {
  const managed = Object.entries(resources).filter(([type]) => !type.startsWith('data.')).flatMap(([, instances]) => Object.entries(instances));
  const decided = managed.filter(([address]) => !(undecided[name] ?? []).includes(address.replace(/\[.*/, '')));
  return Object.fromEntries(decided.map(([address, { attributes }]) => [address, readable(attributes)]));
}

/** The goldens mask passwords, which happens later here, and leave an empty list where dynamic blocks were. */
function readable(attributes: Readonly<Record<string, unknown>>): unknown {
  const shown = Object.entries(attributes).filter(([name]) => name !== 'dynamic');
  return Object.fromEntries(shown.map(([name, value]) => [name, name === 'password' ? 'foobarbaz' : value]));
}

/** The goldens stand a resource's address in for what only its provider knows. */
function standIn(address: string): RecordedResource {
  const plain = address.replaceAll('"', '');
  return { address, module: '', type: '', name: '', key: null, deposed: null, provider: null, id: null, side: { values: { id: plain, arn: plain, policy_data: plain }, sensitive: [], unknown: [], partial: false } };
}

describe.skipIf(!hcl.isThere)(`OpenTofu’s files that must give a diagnostic give one, each by itself${hcl.reason}`, () => {
  const files = ['opentofu__invalid-files', 'opentofu__error-files'].flatMap((name) => (hcl.isThere ? readdirSync(join(hcl.path, name)).map((file) => join(name, file)) : []));
  /** Mistakes in the language blocks of OpenTofu to come; what they rule is no resource. */
  const tolerated = new Set(['invalid_language_edition.tf', 'unsupported_experiment.tf', 'unsupported_version.tf']);

  test.each(files)('%s', async (file) => {
    const folder = await makeFolder({ 'main.tf': readFileSync(join(hcl.path, file)) });

    const outcome = await scanTerraform(folder).then(() => 'read', (error: unknown) => (error instanceof Fault ? `${error.code} ${String(error.facts['file'])}` : 'broken'));

    expect(outcome).toBe(tolerated.has(file.replace(/^.*\//, '')) ? 'read' : 'code-unreadable main.tf');
  });
});

describe.skipIf(!hcl.isThere)(`every folder of real code is evaluated as far as it goes${hcl.reason}`, () => {
  const folders = hcl.isThere ? readdirSync(hcl.path).filter((name) => !/error-files|invalid-files/.test(name)) : [];

  test.each(folders)('%s', async (name) => {
    const scanned = await scanTerraform(join(hcl.path, name));

    expect(scanned.length).toBeGreaterThan(0);
    for (const { sightings, gaps } of scanned) expect([sightings, gaps.filter(({ reason }) => reason === '')]).toEqual([[], []]);
  });

  test('none of it can read outside of its folder', () => {
    const files = createCodeFiles([resolve(hcl.path, 'policy-engine__for-each')]);

    expect(['../policy-engine__tfjson/main.tf.json', '/etc/passwd', 'x/../../README.md', '\0'].map((path) => files.read(path))).toEqual([undefined, undefined, undefined, undefined]);
    expect(files.read('main.tf')).toBeInstanceOf(Buffer);
  });
});
