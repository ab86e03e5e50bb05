import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import type { Environment } from './environment.ts';
import { readProfile } from './profiles.ts';
import { adminTokenFile, ServerNotice, serverNoticeFile } from './server-notice.ts';

/** Which server the operator's CLI speaks to, and as whom. */
export interface ClientSettings {
  /** Without a slash at the end. */
  readonly server: string;
  /** A secret. */
  readonly token: string;
}

/** What the command line said of it. */
export interface ClientOptions {
  readonly server?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly profile?: string | undefined;
}

/** Where settings may come from, besides the command line. */
export interface ClientSurroundings {
  readonly env: Environment;
  readonly cwd: string;
  readonly readStandardInput: () => Promise<string>;
}

/**
 * Server and token, each from the first place that names it: the option, the profile, the environment, the data folder
 * of a running server below the current folder. The token of a data folder is sent to no other server than its own.
 * @throws Fault `server-unnamed`, `api-token-unnamed`, `api-token-unreadable`, `profile-unknown`, `profile-unreadable`, `usage`.
 */
export async function readClientSettings(options: ClientOptions, around: ClientSurroundings): Promise<ClientSettings> {
  const { env } = around;
  const name = options.profile ?? (options.server === undefined ? env['DD0C_PROFILE'] : undefined);
  const profile = name === undefined ? null : await readProfile(name, profilesFile(env));
  const local = await readLocalServer(resolve(around.cwd, env['DD0C_DATA'] ?? '.dd0c'));

  const server = options.server ?? profile?.server ?? env['DD0C_SERVER'] ?? local?.server;
  if (server === undefined) throw new Fault('server-unnamed');
  const address = parseServer(server);

  const tokenFile = options.tokenFile ?? profile?.tokenFile;
  if (tokenFile !== undefined) return { server: address, token: await readToken(tokenFile, around) };
  if (env['DD0C_TOKEN'] !== undefined) return { server: address, token: parseToken(env['DD0C_TOKEN'], 'DD0C_TOKEN') };
  if (local !== null && local.server === address) return { server: address, token: await readToken(local.tokenFile, around) };
  throw new Fault('api-token-unnamed', { server: address });
}

const ServerUrl = z.url({ protocol: /^https?$/ });

function parseServer(text: string): string {
  const url = ServerUrl.safeParse(text);
  if (!url.success) throw new Fault('usage', { server: text, expected: 'http://HOST:PORT or https://HOST' });
  return text.replace(/\/+$/, '');
}

async function readLocalServer(data: string): Promise<{ server: string; tokenFile: string } | null> {
  try {
    const notice = ServerNotice.parse(JSON.parse(await readFile(join(data, serverNoticeFile), 'utf8')));
    return { server: parseServer(notice.http), tokenFile: join(data, adminTokenFile) };
  } catch {
    return null; // no server runs here, or it is about to write its notice
  }
}

async function readToken(file: string, { cwd, readStandardInput }: ClientSurroundings): Promise<string> {
  try {
    return parseToken(file === '-' ? await readStandardInput() : await readFile(resolve(cwd, file), 'utf8'), file);
  } catch (error) {
    throw error instanceof Fault ? error : new Fault('api-token-unreadable', { file }, { cause: error });
  }
}

function parseToken(text: string, source: string): string {
  const token = text.trim();
  if (!/^[\x21-\x7e]{1,512}$/.test(token)) throw new Fault('api-token-unreadable', { file: source });
  return token;
}

function profilesFile(env: Environment): string {
  return join(env['XDG_CONFIG_HOME'] ?? join(env['HOME'] ?? homedir(), '.config'), 'dd0c', 'profiles.yaml');
}
