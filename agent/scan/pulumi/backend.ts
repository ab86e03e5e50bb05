import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from '#proto/domain/fault.ts';
import { openBucket } from '../source/aws/objects.ts';
import { readBytes } from '../source/read-bytes.ts';

/** A self-managed backend, as far as a scan reads it: names are relative to its root, with slashes. */
export interface StackStore {
  /** Files directly in a folder. */
  list(folder: string): Promise<readonly string[]>;
  read(path: string): Promise<Buffer>;
}

type Env = Readonly<Record<string, string | undefined>>;

export interface BackendPlace {
  readonly url: string;
  /** Of the project, for `file://./state`. */
  readonly folder: string;
  readonly env: Env;
  readonly label: string;
}

/** The backend that `pulumi login` chose on this host, or undefined. Of that file only this is read, not its tokens. */
export async function chosenByLogin(env: Env): Promise<string | undefined> {
  const text = await readFile(join(homeOf(env), 'credentials.json'), 'utf8').catch(() => '');
  return /"current"\s*:\s*"([a-z0-9+.-]+:\/\/[^"\\]*)"/.exec(text)?.[1];
}

/** Where the CLI keeps what it knows on this host. */
export function homeOf(env: Env): string {
  return env['PULUMI_HOME'] ?? join(env['HOME'] ?? '', '.pulumi');
}

/** @throws Fault `pulumi-state-missing` where the backend is neither a folder nor a bucket of S3 */
export async function openStore({ url, folder, env, label }: BackendPlace, signal: AbortSignal): Promise<StackStore> {
  if (url.startsWith('file://')) return folderStore(localPath(url, folder, env['HOME']), label, signal);
  if (url.startsWith('s3://') && URL.canParse(url)) return bucketStore(new URL(url), env, signal);
  throw new Fault('pulumi-state-missing', { source: label, backend: /^[a-z0-9+.-]+(?=:)/.exec(url)?.[0] });
}

function folderStore(root: string, label: string, signal: AbortSignal): StackStore {
  return {
    list: async (folder) => (await readdir(join(root, folder), { withFileTypes: true }).catch(() => [])).flatMap((entry) => (entry.isDirectory() ? [] : [entry.name])),
    read: (path) => readBytes(join(root, path), label, signal),
  };
}

/** `s3://bucket/prefix?region=…&endpoint=…`, with the parameters that the Pulumi CLI takes. */
async function bucketStore(url: URL, env: Env, signal: AbortSignal): Promise<StackStore> {
  const bucket = url.hostname;
  const prefix = url.pathname.replaceAll(/^\/+|\/+$/g, '');
  const asked = (name: string): string | undefined => url.searchParams.get(name) ?? undefined;
  const source = `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`;
  const isPathStyle = asked('s3ForcePathStyle') === 'true' || asked('use_path_style') === 'true' || undefined;
  const access = { region: asked('region'), profile: asked('profile'), endpoint: endpointOf(asked('endpoint'), asked('disableSSL') ?? asked('disable_https')), env };
  const opened = await openBucket({ bucket, access, isPathStyle, source }, signal);
  const under = (path: string): string => (prefix === '' ? path : `${prefix}/${path}`);
  return { list, read: (path) => opened.read(under(path)) };

  async function list(folder: string): Promise<readonly string[]> {
    const start = `${under(folder)}/`;
    return (await opened.list(start)).map((key) => key.slice(start.length)).filter((name) => !name.includes('/'));
  }
}

function endpointOf(endpoint: string | undefined, disableSsl: string | undefined): string | undefined {
  return endpoint === undefined || endpoint.includes('://') ? endpoint : `${disableSsl === 'true' ? 'http' : 'https'}://${endpoint}`;
}

/** `file://~`, `file://./state` and `file:///srv/state`, as the CLI takes them. */
function localPath(url: string, folder: string, home: string | undefined): string {
  const path = url.slice('file://'.length);
  if (path.startsWith('~')) return join(home ?? '', path.slice(1));
  return path.startsWith('/') ? fileURLToPath(url) : resolve(folder, path);
}
