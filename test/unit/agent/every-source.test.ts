import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProgram } from '#agent/cli/program.ts';
import { createLog } from '#agent/cli/run/log.ts';
import { createTextCleaner } from '#agent/cli/clean-text.ts';
import { explain } from '#agent/cli/explain.ts';
import { createScrubber } from '#agent/scrub/scrubber.ts';
import { Fault } from '#proto/domain/fault.ts';
import { fakeHost } from '#test/fakes/host.ts';
import { makeCanaries } from '#test/harness/canaries.ts';
import { makeFolder } from '#test/harness/folder.ts';

const canaries = makeCanaries();
const { plain, awkward, lines } = canaries;
const pem = `-----BEGIN ${'PRIVATE'} KEY-----\n${lines.join('\n')}\n-----END ${'PRIVATE'} KEY-----\n`;
const encoded = (text: string): string => Buffer.from(text).toString('base64');
const hidden = (value: string): object => ({ '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', plaintext: JSON.stringify(value) });

/** By what is scanned: its files, and what to compare `scan` with where that is not the best there is. */
const sources: Readonly<Record<string, { readonly files: Readonly<Record<string, unknown>>; readonly against?: string }>> = {
  'a state against another': {
    files: { 'now.tfstate': state({ password: plain, user_data: encoded(`export A='${awkward}'`), note: `uses ${plain}` }), 'baseline/then.tfstate': state({ password: awkward, user_data: '', note: 'none' }) },
    against: 'baseline/then.tfstate',
  },
  'a plan': {
    files: { 'plan.json': { format_version: '1.2', resource_changes: [], resource_drift: [{ address: 'x_y.z', mode: 'managed', type: 'x_y', name: 'z', provider_name: 'registry.terraform.io/a/x', change: { actions: ['update'], before: { blob: plain, tags: {} }, after: { blob: awkward, tags: canaries.everyEncoding }, after_unknown: {}, before_sensitive: { blob: true }, after_sensitive: { blob: true } } }] } },
  },
  'objects of Kubernetes, a Secret among them': {
    files: {
      'k8s/dump.json': list(secret({ uid: '1' }, plain), deployment({ uid: '2' }, `mysql -p${plain}`)),
      'k8s/manifests.json': list(secret({}, awkward), deployment({}, awkward)),
    },
  },
  'a release of Helm': {
    files: { 'k8s/dump.json': list(release(deployment({}, plain)), deployment({ uid: '2', namespace: 'shop' }, awkward)) },
  },
  'what a refresh of Pulumi told': {
    files: { 'events.json': [event('resourcePreEvent', 'refresh', { old: state0({ acl: 'a', url: hidden(plain) }) }), event('resOutputsEvent', 'update', { old: state0({ acl: 'a', url: hidden(plain) }), new: state0({ acl: `uses ${plain}`, url: hidden(awkward) }) })].map((line) => JSON.stringify(line)).join('\n') },
  },
  'a drift answer of CloudFormation': {
    files: { 'drifts.json': { StackResourceDrifts: [{ StackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/d0a825a0-e4cd-11e9-b9fb-061c69e99204', LogicalResourceId: 'Db', ResourceType: 'AWS::RDS::DBInstance', StackResourceDriftStatus: 'MODIFIED', ExpectedProperties: JSON.stringify({ MasterUserPassword: plain, Tags: [] }), ActualProperties: JSON.stringify({ MasterUserPassword: awkward, Tags: [{ Key: 'note', Value: `uses ${awkward}` }] }) }] } },
  },
};

test.each(Object.entries(sources))('a secret that differs in %s is told by its placeholder, in every format', async (_, { files, against }) => {
  const folder = await makeFolder(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, typeof content === 'string' ? content : JSON.stringify(content)])));
  const options = against === undefined ? [] : ['--against', join(folder, against)];
  const path = against === undefined ? '.' : 'now.tfstate';

  for (const format of ['json', 'human', 'sarif', 'junit', 'markdown']) {
    const host = fakeHost({ cwd: folder });
    const code = await runProgram(['scan', '--show-noise', '--format', format, ...options, path], host);

    const { out, err } = host.told;
    expect({ format, code, leaks: canaries.findIn(out + err), hasPlaceholders: /«secret:/.test(out) || format === 'sarif' || format === 'junit' }).toEqual({ format, code: 2, leaks: [], hasPlaceholders: true });
  }
});

const login = JSON.stringify({ auths: { 'registry.example': { auth: encoded(`ci:${plain}`) } } });
const packed = {
  login: encoded(login),
  init: gzipSync(`#cloud-config\nusers:\n  - name: ops\n    plain_text_passwd: ${plain}\n`).toString('base64'),
  release: JSON.stringify(release(deployment({}, plain))),
};

/** Forms in which a secret stands in any text, with nothing known of it before; and what must be gone where no search finds it packed. */
const texts: Readonly<Record<string, readonly [text: string, gone?: string]>> = {
  'a key in PEM over several lines': [`before\n${pem}after`],
  'a key in PEM in JSON': [JSON.stringify({ key: pem })],
  'a key in PEM in base64': [`ca: ${encoded(pem)}`],
  'the login of a registry (docker auth)': [login],
  'the login of a registry in a Secret': [`kind: Secret\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: ${packed.login}\n`, packed.login],
  'a kubeconfig in a string of JSON': [JSON.stringify({ kubeconfig: `apiVersion: v1\nkind: Config\nusers:\n- name: admin\n  user:\n    token: ${plain}\n` })],
  'cloud-init, packed': [`user_data: ${packed.init}`, packed.init],
  'a release of Helm': [packed.release, packed.release.slice(packed.release.indexOf('SDRz'), -3)],
  'basic auth': [`Authorization: Basic ${encoded(`ops:${plain}`)}`],
  'a token of three parts (JWT)': [`cookie ${['{"alg":"HS256","typ":"JWT"}', `{"sub":"ada","key":"${plain}"}`, plain].map((part) => Buffer.from(part).toString('base64url')).join('.')} end`],
};

test.each(Object.entries(texts))('from a text with %s nothing of it is left', (_, [text, gone]) => {
  const { text: told } = createScrubber({ key: new Uint8Array(32) }).text(text);

  const left = (said: string): readonly string[] => (gone === undefined ? canaries.findIn(said) : partsOf(gone).filter((part) => said.includes(part)));
  expect(left(text).length).toBeGreaterThan(0);
  expect(left(told)).toEqual([]);
});

/** Every eight characters of it. */
function partsOf(text: string): readonly string[] {
  return Array.from({ length: text.length - 7 }, (_, at) => text.slice(at, at + 8));
}

test('a line of the log, an error for people and the output of a step pass the same gate', () => {
  const said: string[] = [];
  const clean = createTextCleaner();
  createLog('info', (line) => void said.push(line), clean).warn({ reason: `dial postgres://app:${plain}@db/x`, cause: new Error(`password=${plain}`).stack }, 'stack not readable');
  said.push(clean(explain(new Fault('live-failed', { source: 'prod', reason: `token: ${plain}` }), (_colour, text) => text)));
  const scrubber = createScrubber({ key: new Uint8Array(32) });
  scrubber.know(awkward);
  const stream = scrubber.stream('step');
  for (const [how, text] of Object.entries(canaries.everyEncoding)) said.push(stream.write(Buffer.from(`${how}: ${text.split(' after ')[0] ?? ''}\n`)).toString());
  said.push(stream.end().toString());

  expect(said.join('\n')).toContain('in JSON in JSON: before «secret:');
  expect(canaries.findIn(said.join('\n'))).toEqual([]);
});

function state(attributes: Readonly<Record<string, string>>): object {
  return { version: 4, terraform_version: '1.9.0', serial: 1, lineage: '0e2f8a34-3c1f-4d57-9d3a-6e1b7a9c4d21', outputs: {}, resources: [{ mode: 'managed', type: 'x_y', name: 'z', provider: 'provider["registry.terraform.io/a/x"]', instances: [{ schema_version: 0, attributes, sensitive_attributes: [[{ type: 'get_attr', value: 'password' }]] }] }] };
}

function list(...items: readonly object[]): object {
  return { apiVersion: 'v1', kind: 'List', items };
}

function secret(metadata: object, value: string): object {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'shop', ...metadata }, data: { any: encoded(value) } };
}

function deployment(metadata: object, word: string): object {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', ...metadata }, spec: { template: { spec: { containers: [{ name: 'web', env: [{ name: 'DB_PASSWORD', value: word }] }] } } } };
}

function release(object: object): object {
  const content = { name: 'shop', namespace: 'shop', version: 1, info: { status: 'deployed' }, manifest: JSON.stringify(object) };
  return { apiVersion: 'v1', kind: 'Secret', type: 'helm.sh/release.v1', metadata: { name: 'sh.helm.release.v1.shop.v1', namespace: 'shop', uid: 'r1' }, data: { release: encoded(gzipSync(JSON.stringify(content)).toString('base64')) } };
}

function state0(outputs: object): object {
  return { type: 'aws:s3/bucket:Bucket', urn: 'urn:pulumi:prod::shop::aws:s3/bucket:Bucket::logs', custom: true, id: 'logs', inputs: {}, outputs };
}

function event(kind: string, op: string, sides: object): object {
  return { sequence: 1, timestamp: 1, [kind]: { metadata: { op, urn: 'urn:pulumi:prod::shop::aws:s3/bucket:Bucket::logs', type: 'aws:s3/bucket:Bucket', ...sides } } };
}
