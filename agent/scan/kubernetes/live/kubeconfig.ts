import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';

const Cluster = z.object({
  server: z.string().min(1),
  'certificate-authority': z.string().optional(),
  'certificate-authority-data': z.string().optional(),
  'insecure-skip-tls-verify': z.boolean().optional(),
  'tls-server-name': z.string().optional(),
  'proxy-url': z.string().optional(),
});

const ExecConfig = z.object({
  apiVersion: z.string().optional(),
  command: z.string().min(1),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  provideClusterInfo: z.boolean().optional(),
});
/** A program that prints credentials: https://kubernetes.io/docs/reference/config-api/client-authentication.v1/ */
type ExecConfig = z.infer<typeof ExecConfig>;

const User = z.object({
  token: z.string().optional(),
  tokenFile: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  'client-certificate': z.string().optional(),
  'client-certificate-data': z.string().optional(),
  'client-key': z.string().optional(),
  'client-key-data': z.string().optional(),
  exec: ExecConfig.nullish(),
  'auth-provider': z.looseObject({ name: z.string() }).nullish(),
});

const Context = z.object({ cluster: z.string(), user: z.string().optional(), namespace: z.string().optional() });

const KubeconfigFile = z.object({
  clusters: z.array(z.object({ name: z.string(), cluster: Cluster })).nullish(),
  users: z.array(z.object({ name: z.string(), user: User.nullish() })).nullish(),
  contexts: z.array(z.object({ name: z.string(), context: Context })).nullish(),
  'current-context': z.string().nullish(),
});

/** What a kubeconfig says of one context. Paths are absolute. */
export interface KubeContext {
  readonly cluster: z.infer<typeof Cluster>;
  readonly user: z.infer<typeof User>;
  /** Where manifests without a namespace go. */
  readonly namespace: string;
  /** Where a program for credentials is looked up and run from. */
  readonly folder: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The files that kubectl would read: those of KUBECONFIG, else ~/.kube/config. */
function kubeconfigFiles(env: Environment): readonly string[] {
  const named = (env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  const home = env['HOME'] ?? env['USERPROFILE'];
  if (named.length > 0) return named.map((path) => resolve(path));
  return home === undefined || home === '' ? [] : [join(home, '.kube', 'config')];
}

/**
 * The context that is asked for, else the one that KUBE_CONTEXT names, else the current one, from files that are merged as kubectl merges them: of two
 * entries with one name the first counts. Null where none of the files is there.
 * @throws Fault `kubeconfig-unreadable`, never with a value in it
 */
export async function readKubeconfig(env: Environment, asked?: string): Promise<KubeContext | null> {
  const files = (await Promise.all(kubeconfigFiles(env).map(readOne))).filter((file) => file !== null);
  if (files.length === 0) return null;
  const name = asked ?? (env['KUBE_CONTEXT'] || files.map((file) => file['current-context']).find((current) => (current ?? '') !== ''));
  if (name === undefined || name === null) throw new Fault('kubeconfig-unreadable', { reason: 'it has no current-context; name one in KUBE_CONTEXT' });

  const context = files.flatMap(({ contexts }) => contexts ?? []).find((one) => one.name === name)?.context;
  if (context === undefined) throw new Fault('kubeconfig-unreadable', { context: name, reason: `there is no such context; there are: ${namesOf(files.flatMap(({ contexts }) => contexts ?? []))}` });
  const owner = files.find(({ clusters }) => clusters?.some((one) => one.name === context.cluster));
  const cluster = owner?.clusters?.find((one) => one.name === context.cluster)?.cluster;
  if (owner === undefined || cluster === undefined) throw new Fault('kubeconfig-unreadable', { context: name, cluster: context.cluster, reason: 'there is no such cluster' });
  const user = files.flatMap(({ users }) => users ?? []).find((one) => one.name === context.user)?.user;
  if (user === undefined && (context.user ?? '') !== '') throw new Fault('kubeconfig-unreadable', { context: name, user: context.user, reason: 'there is no such user' });
  return { cluster, user: user ?? {}, namespace: context.namespace || 'default', folder: owner.folder };
}

function namesOf(entries: readonly { readonly name: string }[]): string {
  const names = [...new Set(entries.map(({ name }) => name))];
  return names.length === 0 ? 'none' : `${names.slice(0, 10).join(', ')}${names.length > 10 ? '…' : ''}`;
}

async function readOne(path: string): Promise<(z.infer<typeof KubeconfigFile> & { readonly folder: string }) | null> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new Fault('kubeconfig-unreadable', { path, reason: 'it could not be read' }, { cause });
  });
  if (text === null) return null;
  const parsed = KubeconfigFile.safeParse(yaml(text, path) ?? {});
  if (!parsed.success) throw new Fault('kubeconfig-unreadable', { path, at: parsed.error.issues[0]?.path.join('.') });
  const folder = dirname(path);
  return {
    ...parsed.data,
    clusters: parsed.data.clusters?.map(({ name, cluster }) => ({ name, cluster: absolute(cluster, ['certificate-authority'], folder) })) ?? [],
    users: parsed.data.users?.map(({ name, user }) => ({ name, user: absolute(user ?? {}, ['client-certificate', 'client-key', 'tokenFile'], folder) })) ?? [],
    folder,
  };
}

/** Without the cause: the parser's errors quote the lines around. */
function yaml(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch {
    throw new Fault('kubeconfig-unreadable', { path, reason: 'it is not YAML' });
  }
}

/** Paths in a kubeconfig are relative to its folder. */
function absolute<T extends object>(entry: T, names: readonly (keyof T)[], folder: string): T {
  const paths = names.flatMap((name) => (typeof entry[name] === 'string' && entry[name] !== '' ? [[name, resolve(folder, entry[name])] as const] : []));
  return { ...entry, ...Object.fromEntries(paths) };
}
