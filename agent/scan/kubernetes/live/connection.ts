import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import { execCredential } from './exec-credential.ts';
import { type KubeContext, readKubeconfig } from './kubeconfig.ts';

/** How a cluster is reached: the address, and what both ends show one another. Secret. */
export interface Connection {
  readonly server: URL;
  /** Where manifests without a namespace go. */
  readonly namespace: string;
  readonly tls: {
    readonly ca?: string | undefined;
    readonly cert?: string | undefined;
    readonly key?: string | undefined;
    readonly servername?: string | undefined;
    readonly rejectUnauthorized: boolean;
  };
  /** The Authorization header, or null. */
  readonly authorization: string | null;
  /** Names of environment variables for proxies, as the platform reads them. */
  readonly proxyEnv: Readonly<Record<string, string | undefined>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a pod finds its service account: https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/ */
const serviceAccountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The cluster that kubectl would use: that of the kubeconfig, else the one that this process runs in. A context that was
 * asked for is never given up for another cluster.
 * @throws Fault `kubeconfig-missing`, `kubeconfig-unreadable`, `cluster-credentials`
 */
export async function connectionOf(env: Environment, signal: AbortSignal, { context: asked, podFolder = serviceAccountFolder }: { readonly context?: string | undefined; readonly podFolder?: string } = {}): Promise<Connection> {
  const context = await readKubeconfig(env, asked);
  if (context !== null) return await ofContext(context, env, signal);
  if (asked !== undefined) throw new Fault('kubeconfig-missing', { context: asked });
  const inCluster = await ofServiceAccount(env, podFolder);
  if (inCluster !== null) return inCluster;
  throw new Fault('kubeconfig-missing');
}

async function ofContext(context: KubeContext, env: Environment, signal: AbortSignal): Promise<Connection> {
  const { cluster, user, namespace } = context;
  if (user['auth-provider']) throw new Fault('cluster-credentials', { reason: `the auth-provider ${user['auth-provider'].name} is not supported; Kubernetes itself replaced these by exec` });
  const proxy = cluster['proxy-url'];
  if (proxy !== undefined && !/^https?:/.test(proxy)) throw new Fault('kubeconfig-unreadable', { reason: 'proxy-url can be http or https only' });
  const given = await execCredential(context, env, signal);
  const token = given.token ?? (await bearer(user));
  return {
    server: serverOf(cluster.server),
    namespace,
    tls: {
      ca: await material(cluster['certificate-authority-data'], cluster['certificate-authority']),
      cert: given.clientCertificateData ?? (await material(user['client-certificate-data'], user['client-certificate'])),
      key: given.clientKeyData ?? (await material(user['client-key-data'], user['client-key'])),
      servername: cluster['tls-server-name'],
      rejectUnauthorized: cluster['insecure-skip-tls-verify'] !== true,
    },
    authorization: token ? `Bearer ${token}` : basic(user),
    proxyEnv: proxy === undefined ? env : { HTTP_PROXY: proxy, HTTPS_PROXY: proxy },
  };
}

/** Null where this process does not run in a pod with a service account. */
async function ofServiceAccount(env: Environment, folder: string): Promise<Connection | null> {
  const host = env['KUBERNETES_SERVICE_HOST'];
  const port = env['KUBERNETES_SERVICE_PORT'];
  const token = await readFile(join(folder, 'token'), 'utf8').catch(() => null);
  if (host === undefined || port === undefined || token === null) return null;
  const namespace = await readFile(join(folder, 'namespace'), 'utf8').catch(() => 'default');
  return {
    server: serverOf(`https://${host.includes(':') ? `[${host}]` : host}:${port}`),
    namespace: namespace.trim(),
    tls: { ca: await material(undefined, join(folder, 'ca.crt')), rejectUnauthorized: true },
    authorization: `Bearer ${token.trim()}`,
    proxyEnv: {},
  };
}

function serverOf(text: string): URL {
  const url = URL.parse(text.endsWith('/') ? text : `${text}/`);
  if (url === null || !/^https?:$/.test(url.protocol)) throw new Fault('kubeconfig-unreadable', { reason: 'the server is not an http or https address' });
  return url;
}

async function bearer({ token, tokenFile }: KubeContext['user']): Promise<string | undefined> {
  return tokenFile === undefined || tokenFile === '' ? token : (await fileOf(tokenFile)).trim();
}

function basic({ username, password }: KubeContext['user']): string | null {
  return username ? `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}` : null;
}

/** What stands in the kubeconfig wins over what it points to. */
async function material(data: string | undefined, path: string | undefined): Promise<string | undefined> {
  if (data !== undefined && data !== '') return Buffer.from(data, 'base64').toString('utf8');
  return path === undefined || path === '' ? undefined : await fileOf(path);
}

async function fileOf(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault('kubeconfig-unreadable', { path, reason: 'it could not be read' }, { cause });
  });
}
