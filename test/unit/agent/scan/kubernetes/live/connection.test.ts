import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectionOf } from '#agent/scan/kubernetes/live/connection.ts';
import { makeFolder } from '#test/harness/folder.ts';

const { signal } = new AbortController();

const one = `
apiVersion: v1
kind: Config
current-context: prod
clusters:
- {name: prod, cluster: {server: "https://prod.example:6443", certificate-authority: ca.pem, tls-server-name: kubernetes}}
- {name: open, cluster: {server: "https://open.example", insecure-skip-tls-verify: true, proxy-url: "http://proxy.example:3128"}}
users:
- {name: ada, user: {token: token-of-ada}}
- {name: bob, user: {client-certificate-data: ${Buffer.from('CERT').toString('base64')}, client-key-data: ${Buffer.from('KEY').toString('base64')}}}
- {name: cy, user: {tokenFile: token.txt}}
- {name: dee, user: {username: dee, password: pass}}
contexts:
- {name: prod, context: {cluster: prod, user: ada, namespace: shop}}
- {name: certificate, context: {cluster: open, user: bob}}
- {name: file, context: {cluster: prod, user: cy}}
- {name: basic, context: {cluster: prod, user: dee}}
- {name: lost, context: {cluster: gone, user: ada}}
`;

async function kube(files: Readonly<Record<string, string>> = {}): Promise<string> {
  return await makeFolder({ config: one, 'ca.pem': 'CA', 'token.txt': 'token-of-cy\n', ...files });
}

test('the current context says where and as whom, with paths relative to the file', async () => {
  const folder = await kube();

  const connection = await connectionOf({ KUBECONFIG: join(folder, 'config') }, signal);

  expect(connection).toMatchObject({ namespace: 'shop', tls: { ca: 'CA', servername: 'kubernetes', rejectUnauthorized: true }, authorization: 'Bearer token-of-ada' });
  expect(connection.server.href).toBe('https://prod.example:6443/');
});

test.for([
  ['certificate', { tls: { cert: 'CERT', key: 'KEY', rejectUnauthorized: false }, authorization: null, namespace: 'default', proxyEnv: { HTTPS_PROXY: 'http://proxy.example:3128' } }],
  ['file', { authorization: 'Bearer token-of-cy' }],
  ['basic', { authorization: `Basic ${Buffer.from('dee:pass').toString('base64')}` }],
] as const)('KUBE_CONTEXT names another context: %s', async ([name, expected]) => {
  const folder = await kube();

  const connection = await connectionOf({ KUBECONFIG: join(folder, 'config'), KUBE_CONTEXT: name }, signal);

  expect(connection).toMatchObject(expected);
});

test('of several files the first to name something counts, and files that are not there are passed over', async () => {
  const folder = await kube({ first: 'current-context: file\nusers: [{name: cy, user: {token: token-of-the-first}}]\n' });

  const connection = await connectionOf({ KUBECONFIG: [join(folder, 'absent'), join(folder, 'first'), join(folder, 'config')].join(':') }, signal);

  expect(connection.authorization).toBe('Bearer token-of-the-first');
});

test('a context that is asked for comes before KUBE_CONTEXT, and is never given up for another cluster', async () => {
  const folder = await kube({ token: 'token-of-pod', 'ca.crt': 'CA' });
  const env = { KUBECONFIG: join(folder, 'config'), KUBE_CONTEXT: 'prod' };

  expect((await connectionOf(env, signal, { context: 'certificate' })).server.host).toBe('open.example');
  await expect(connectionOf(env, signal, { context: 'absent' })).rejects.toMatchObject({ code: 'kubeconfig-unreadable', facts: { context: 'absent', reason: expect.stringContaining('there are: prod, certificate') as unknown } });
  await expect(connectionOf({ KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' }, signal, { context: 'prod', podFolder: folder })).rejects.toMatchObject({ code: 'kubeconfig-missing', facts: { context: 'prod' } });
});

test('without KUBECONFIG it is the file in the home folder', async () => {
  const folder = await makeFolder({ '.kube/config': one, '.kube/ca.pem': 'CA' });

  expect((await connectionOf({ HOME: folder }, signal)).server.host).toBe('prod.example:6443');
});

test('a program that the kubeconfig names gives the credentials, and is told that nobody can be asked', async () => {
  const program = '#!/bin/sh\nprintf \'{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s-%s"}}\' "$MARK" "$(echo "$KUBERNETES_EXEC_INFO" | grep -c \'"interactive":false\')"\n';
  const folder = await kube({ login: program, exec: withUser('exec: {apiVersion: client.authentication.k8s.io/v1, command: ./login, env: [{name: MARK, value: made}]}') });
  await chmod(join(folder, 'login'), 0o700);

  const connection = await connectionOf({ KUBECONFIG: join(folder, 'exec'), PATH: process.env['PATH'] }, signal);

  expect(connection.authorization).toBe('Bearer made-1');
});

test('a program that fails is named, and what it printed is not', async () => {
  const folder = await kube({ login: '#!/bin/sh\necho secret-in-output; echo secret-in-error >&2; exit 3\n', exec: withUser('exec: {command: ./login}') });
  await chmod(join(folder, 'login'), 0o700);

  const connecting = connectionOf({ KUBECONFIG: join(folder, 'exec'), PATH: process.env['PATH'] }, signal);

  await expect(connecting).rejects.toMatchObject({ code: 'cluster-credentials', facts: { program: './login', reason: 'it ended with 3' } });
  await expect(connecting).rejects.not.toThrow(/secret/);
});

test('a pod has its service account, where no kubeconfig is', async () => {
  const folder = await makeFolder({ token: 'token-of-the-pod\n', 'ca.crt': 'CA', namespace: 'agents\n' });

  const connection = await connectionOf({ KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' }, signal, { podFolder: folder });

  expect(connection).toMatchObject({ namespace: 'agents', tls: { ca: 'CA', rejectUnauthorized: true }, authorization: 'Bearer token-of-the-pod' });
  expect(connection.server.host).toBe('[fd00::1]');
});

test.for([
  ['nothing is configured', {}, 'kubeconfig-missing'],
  ['the file is not YAML', { file: 'a: [secret-value' }, 'kubeconfig-unreadable'],
  ['the file is something else', { file: 'clusters: secret-value' }, 'kubeconfig-unreadable'],
  ['there is no current context', { file: 'contexts: []' }, 'kubeconfig-unreadable'],
  ['the context names no cluster', { file: one.replace('current-context: prod', 'current-context: lost') }, 'kubeconfig-unreadable'],
  ['the authority is not there', { file: one.replace('ca.pem', 'absent.pem') }, 'kubeconfig-unreadable'],
  ['the server is no address', { file: one.replace('https://prod.example:6443', 'prod') }, 'kubeconfig-unreadable'],
  ['the way to log in is gone from Kubernetes', { file: withUser('auth-provider: {name: gcp}') }, 'cluster-credentials'],
  ['the program is not there', { file: withUser('exec: {command: no-such-program-here}') }, 'cluster-credentials'],
] as const)('it says so where %s', async ([, { file }, code]: readonly [string, { readonly file?: string }, string]) => {
  const folder = await kube(file === undefined ? {} : { file });

  const connecting = connectionOf({ ...(file === undefined ? {} : { KUBECONFIG: join(folder, 'file') }), PATH: process.env['PATH'] }, signal, { podFolder: join(folder, 'no-pod') });

  await expect(connecting).rejects.toMatchObject({ code });
  await expect(connecting).rejects.not.toThrow(/secret-value/);
});

function withUser(user: string): string {
  return one.replace('{token: token-of-ada}', `{${user}}`);
}
