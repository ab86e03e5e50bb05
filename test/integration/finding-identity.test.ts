import { cp, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scanAll } from '#agent/scan-all.ts';
import { createHasher } from '#agent/diff/recollection.ts';
import { createScanners } from '#agent/scan/registry.ts';
import { createScrubber } from '#agent/scrub/scrubber.ts';
import { makeFolder } from '#test/harness/folder.ts';
import { stateOf } from '#test/harness/terraform.ts';
import { createStages, options } from '#test/unit/agent/stages.ts';

const ingress = (...ports: number[]): readonly object[] => ports.map((port) => ({ from_port: port, to_port: port, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0', '10.0.0.0/8'] }));

/** One stack of each kind, each with something that drifted. */
const files: Readonly<Record<string, string>> = {
  'aws/main.tf': 'resource "aws_security_group" "web" {\n  name = "a"\n}\nresource "aws_sqs_queue" "b" {\n  name = "x"\n}\n',
  'aws/terraform.tfstate': stateOf({ 'aws_security_group.web': { name: 'b', ingress: ingress(22, 80) }, 'aws_sqs_queue.b': { name: 'y' } }),
  'k8s/web.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\ndata: {k: x}\n',
  'k8s/dump.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop, uid: u}\ndata: {k: y}\n',
  'pulumi/export.json': JSON.stringify({ version: 3, deployment: { resources: ['b', 'a'].map((name) => ({ urn: `urn:pulumi:dev::shop::aws:sqs/queue:Queue::${name}`, custom: true, id: name, type: 'aws:sqs/queue:Queue', provider: 'urn:pulumi:dev::shop::pulumi:providers:aws::p::1', inputs: { name: 'x' }, outputs: { name: 'y' } })) } }),
  'cfn/drifts.json': JSON.stringify({ StackResourceDrifts: [{ StackId: 'arn:aws:cloudformation:eu-west-1:1:stack/s/1', LogicalResourceId: 'Queue', PhysicalResourceId: 'q', ResourceType: 'AWS::SQS::Queue', StackResourceDriftStatus: 'MODIFIED', ExpectedProperties: '{"DelaySeconds":0}', ActualProperties: '{"DelaySeconds":9}', PropertyDifferences: [{ PropertyPath: '/DelaySeconds', ExpectedValue: '0', ActualValue: '9', DifferenceType: 'NOT_EQUAL' }] }] }),
};

interface Identity {
  readonly stack: string;
  readonly address: string;
  readonly fingerprint: string;
}

/** Every finding of a folder; `key` is what differs from host to host. */
async function identities(folder: string, key = 1): Promise<readonly Identity[]> {
  const found: Identity[] = [];
  const bytes = new Uint8Array(32).fill(key);
  const stages = createStages({ scrubber: () => createScrubber({ key: bytes }), hasher: createHasher(bytes), now: () => new Date() });
  for await (const event of scanAll([folder], { scanners: createScanners({ cloudFormation: { env: {} } }), options, stages }, AbortSignal.timeout(30_000))) {
    if (event.kind === 'report') found.push(...event.report.findings.filter(({ noise }) => !noise).map(({ address, fingerprint }) => ({ stack: event.report.id, address, fingerprint })));
  }
  return found.toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
}

describe('the identity of a finding', () => {
  test('is the same on another run, on another host with other paths and keys, and after the folder has moved', async () => {
    const [here, there] = [await makeFolder(files), await makeFolder({ 'somewhere/else/.keep': '' })];
    const first = await identities(here);
    await cp(here, join(there, 'somewhere/else/infra'), { recursive: true });
    const moved = `${here}-moved`;

    const [again, elsewhere] = [await identities(here), await identities(join(there, 'somewhere/else/infra'), 9)];
    await rename(here, moved);
    const afterwards = await identities(moved);
    await rename(moved, here);

    expect(new Set(first.map(({ fingerprint }) => fingerprint)).size).toBe(6);
    expect(first.map(({ stack }) => stack).join(' ')).not.toContain(here);
    expect([again, elsewhere, afterwards]).toEqual([first, first, first]);
  });

  test('does not depend on the order in which anything is written', async () => {
    const reversed = Object.entries(files).toReversed().map(([name, text]) => [name, name.endsWith('.json') || name.endsWith('.tfstate') ? JSON.stringify(turned(JSON.parse(text))) : text]);

    const [first, other] = [await identities(await makeFolder(files)), await identities(await makeFolder(Object.fromEntries(reversed) as Record<string, string>))];

    expect(other).toEqual(first);
  });

  test('stays with the resource while what differs in it changes, and goes with its address', async () => {
    const state = (address: string, value: object): Record<string, string> => ({ 'terraform.tfstate': stateOf({ [address]: value }), 'main.tf': 'resource "aws_sqs_queue" "b" {\n  name = "x"\n}\nresource "aws_sqs_queue" "c" {\n  name = "x"\n}\n' });
    const of = async (address: string, value: object): Promise<readonly string[]> => (await identities(await makeFolder(state(address, value)))).filter((one) => one.address === address).map(({ fingerprint }) => fingerprint);

    const [one, other, elsewhere] = [await of('aws_sqs_queue.b', { name: 'y' }), await of('aws_sqs_queue.b', { name: 'z', tags: { a: 'b' } }), await of('aws_sqs_queue.c', { name: 'y' })];

    expect(one).toHaveLength(1);
    expect(other).toEqual(one);
    expect(elsewhere).not.toEqual(one);
  });
});

/** Keys and lists of resources the other way round. */
function turned(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return name === 'resources' || name === 'ingress' || name === 'cidr_blocks' ? value.map((item) => turned(item)).toReversed() : value.map((item) => turned(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).toReversed().map(([key, inner]) => [key, turned(inner, key)]));
}
