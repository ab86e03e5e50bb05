import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { toolFolder } from './tools.ts';

/** A real API server over a real etcd, with nobody else in it: no controllers, no kubelet. */
export interface KubeApiServer {
  /** For KUBECONFIG, as the cluster's administrator. */
  readonly kubeconfig: string;
  /** For KUBECONFIG, as the user `limited`, who may do nothing yet. */
  readonly limited: string;
  /** Sends a request as the administrator and reads the answer; throws where it is refused. */
  send(method: string, path: string, body?: unknown, contentType?: string): Promise<unknown>;
  /** Its own certificate (which is also its authority) and key, for loopback servers that it is to trust. */
  certificate(): Promise<{ readonly key: Buffer; readonly cert: Buffer }>;
  /** Where it is, and who vouches for that (PEM). */
  address(): Promise<{ readonly url: string; readonly ca: string }>;
  stop(): Promise<void>;
}

/** The folder with kube-apiserver and etcd, or null; `reason` is what a suite's title says then. */
export function kubeAssets(): { readonly folder: string | null; readonly reason: string } {
  const folder = named(process.env['KUBEBUILDER_ASSETS']) ?? unpacked();
  return { folder, reason: folder === null ? ' [not run: no kube-apiserver]' : '' };
}

/** Starts both on free ports with everything of theirs in one folder, and ends them where they do not get ready. */
export async function startKubeApiServer(assets: string): Promise<KubeApiServer> {
  const folder = await mkdtemp(join(tmpdir(), 'dd0c-kube-'));
  const tokens = { admin: secret(), limited: secret() };
  const [clients = 0, peers = 0, api = 0] = await freePorts(3);
  const running: ChildProcess[] = [];
  const server = `https://127.0.0.1:${api}`;
  try {
    await prepare(folder, tokens);
    start('etcd', etcdFlags(join(folder, 'etcd'), clients, peers));
    start('kube-apiserver', apiFlags(folder, clients, api));
    await isReady();
    return { kubeconfig: await write('admin', tokens.admin), limited: await write('limited', tokens.limited), send, certificate, address, stop };
  } catch (error) {
    await stop();
    throw error;
  }

  function start(program: string, flags: readonly string[]): void {
    const child = spawn(join(assets, program), flags, { stdio: 'ignore' });
    child.on('error', () => undefined); // it is missed when it does not get ready
    running.push(child);
    process.once('exit', () => child.kill('SIGKILL'));
  }

  async function isReady(): Promise<void> {
    const until = Date.now() + 25_000;
    while (Date.now() < until) {
      if (running.some((child) => child.exitCode !== null)) throw new Error('etcd or kube-apiserver ended at once');
      if (await send('GET', '/readyz').then(() => true, () => false)) return;
      await pause(100); // it tells nobody when it is ready
    }
    throw new Error('kube-apiserver did not get ready');
  }

  async function send(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<unknown> {
    const ca = await readFile(join(folder, 'certs', 'apiserver.crt'));
    return await new Promise((done, fail) => {
      const sent = request(new URL(path, server), { method, ca, headers: { authorization: `Bearer ${tokens.admin}`, 'content-type': contentType } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk)).on('end', () => {
          if ((response.statusCode ?? 500) >= 300) fail(new Error(`${method} ${path}: ${response.statusCode} ${text.slice(0, 500)}`));
          else done(text.startsWith('{') ? JSON.parse(text) : text);
        });
      });
      sent.on('error', fail);
      sent.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
    });
  }

  async function certificate(): Promise<{ readonly key: Buffer; readonly cert: Buffer }> {
    const certs = join(folder, 'certs');
    return { key: await readFile(join(certs, 'apiserver.key')), cert: await readFile(join(certs, 'apiserver.crt')) };
  }

  async function address(): Promise<{ readonly url: string; readonly ca: string }> {
    return { url: server, ca: await readFile(join(folder, 'certs', 'apiserver.crt'), 'utf8') };
  }

  async function write(user: string, token: string): Promise<string> {
    const path = join(folder, `${user}.kubeconfig`);
    const cluster = { server, 'certificate-authority': 'certs/apiserver.crt' };
    await writeFile(path, JSON.stringify({
      apiVersion: 'v1', kind: 'Config', 'current-context': 'test',
      clusters: [{ name: 'test', cluster }], users: [{ name: user, user: { token } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user, namespace: 'shop' } }],
    }), { mode: 0o600 });
    return path;
  }

  async function stop(): Promise<void> {
    await Promise.all(running.toReversed().map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL'); // all they keep is thrown away
      await ended;
    }));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function prepare(folder: string, tokens: { readonly admin: string; readonly limited: string }): Promise<void> {
  await mkdir(join(folder, 'certs'));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(join(folder, 'sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
  await writeFile(join(folder, 'tokens.csv'), `${tokens.admin},admin,admin,system:masters\n${tokens.limited},limited,limited\n`, { mode: 0o600 });
}

function etcdFlags(data: string, clients: number, peers: number): readonly string[] {
  const client = `http://127.0.0.1:${clients}`;
  const peer = `http://127.0.0.1:${peers}`;
  return [
    '--data-dir', data, '--listen-client-urls', client, '--advertise-client-urls', client, '--listen-peer-urls', peer,
    '--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`, '--unsafe-no-fsync',
  ];
}

function apiFlags(folder: string, etcd: number, port: number): readonly string[] {
  const key = join(folder, 'sa.key');
  return [
    '--etcd-servers', `http://127.0.0.1:${etcd}`, '--bind-address', '127.0.0.1', '--endpoint-reconciler-type', 'none', '--secure-port', String(port),
    '--cert-dir', join(folder, 'certs'), '--authorization-mode', 'RBAC', '--token-auth-file', join(folder, 'tokens.csv'),
    '--service-account-issuer', 'https://kubernetes.default.svc', '--service-account-key-file', key, '--service-account-signing-key-file', key,
    '--disable-admission-plugins', 'ServiceAccount', '--service-cluster-ip-range', '10.0.0.0/24', '--allow-privileged',
  ];
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
  }));
  return await Promise.all(servers.map(async (server) => {
    const address = server.address();
    server.close();
    await once(server, 'close');
    return typeof address === 'object' && address !== null ? address.port : 0;
  }));
}

function secret(): string {
  return randomBytes(16).toString('hex');
}

function named(folder: string | undefined): string | null {
  return folder !== undefined && existsSync(join(folder, 'kube-apiserver')) && existsSync(join(folder, 'etcd')) ? folder : null;
}

/** The tools that lie beside the project, where they do. */
function unpacked(): string | null {
  const folder = toolFolder('envtest');
  return folder === null ? null : (named(folder) ?? named(join(folder, 'bin')));
}
