import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import type { JsonObject } from '#proto/domain/json.ts';
import type { Module } from '../code/module.ts';
import { constantBody } from '../hcl/constant-json.ts';
import { parseBody } from '../hcl/parse-body.ts';

/** Where a folder keeps its state, with the settings that its owner gave. They may be secrets. */
export interface Backend {
  readonly type: string;
  readonly settings: JsonObject;
  /** `init` wrote it down on this host, with all that was given on its command line; the code alone may say less. */
  readonly from: 'init' | 'code';
  /** Settings of the code that are no constants. */
  readonly unknown: readonly string[];
}

type Env = Readonly<Record<string, string | undefined>>;

const InitRecord = z.object({ backend: z.object({ type: z.string(), config: z.record(z.string(), z.json()).nullish() }) });

/** The folder of what `init` keeps: `.terraform`, or what TF_DATA_DIR names. */
export function dataFolderOf(folder: string, env: Env): string {
  return resolve(folder, env['TF_DATA_DIR'] ?? '.terraform');
}

/**
 * The backend of a folder: as `init` wrote it down for the backend that the code still names, else as far as the code
 * says it, with the files that `-backend-config` would bring.
 * @throws Fault `backend-unclear` where one of those files cannot be read
 */
export async function backendOf(folder: string, { backend }: Pick<Module, 'backend'>, env: Env): Promise<Backend | null> {
  if (backend === null) return null;
  const recorded = await recordedByInit(folder, env);
  if (recorded?.type === backend.type) return recorded;
  const { values, unknown } = constantBody(backend.block.body);
  const given = await givenBeside(folder, env);
  return { type: backend.type, settings: { ...values, ...given }, from: 'code', unknown: unknown.filter((name) => !Object.hasOwn(given, name)) };
}

/**
 * The settings by which the code alone sends somebody's credentials to a place of its choice, or runs a program; where
 * `init` has been run, its owner has agreed to them.
 */
export function foreignSettings({ settings, from }: Pick<Backend, 'settings' | 'from'>): readonly string[] {
  return from === 'init' ? [] : Object.keys(settings).filter((name) => /address|endpoint|host|url|conn_str|exec|config_path|proxy/i.test(name));
}

async function recordedByInit(folder: string, env: Env): Promise<Backend | null> {
  const text = await readFile(join(dataFolderOf(folder, env), 'terraform.tfstate'), 'utf8').catch(() => null);
  const record = InitRecord.safeParse(text === null ? null : parsed(text));
  if (!record.success) return null;
  const { type, config } = record.data.backend;
  const settings = Object.fromEntries(Object.entries(config ?? {}).filter(([, value]) => value !== null));
  return { type, settings, from: 'init', unknown: [] };
}

/** What TF_CLI_ARGS_init would add; without it the folder's own `.tfbackend` file, where there is one and no choice. */
async function givenBeside(folder: string, env: Env): Promise<JsonObject> {
  const given = [...(env['TF_CLI_ARGS_init'] ?? '').matchAll(/-backend-config[= ]"?([^"\s]+)"?/g)].map(([, one = '']) => one);
  if (given.length > 0) return Object.assign({}, ...(await Promise.all(given.map((one) => readGiven(folder, one))))) as JsonObject;
  const [file, ...others] = (await readdir(folder).catch((): string[] => [])).filter((name) => name.endsWith('.tfbackend'));
  return file === undefined || others.length > 0 ? {} : readGiven(folder, file);
}

async function readGiven(folder: string, given: string): Promise<JsonObject> {
  const equals = given.indexOf('=');
  if (equals !== -1) return { [given.slice(0, equals)]: given.slice(equals + 1) };
  try {
    return constantBody(parseBody(await readFile(resolve(folder, given), 'utf8'))).values;
  } catch (cause) {
    throw new Fault('backend-unclear', { folder, file: given, reason: 'the file cannot be read' }, { cause });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
