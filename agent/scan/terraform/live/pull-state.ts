import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import { isList, isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import { type Backend, dataFolderOf, foreignSettings } from '../backend/backend.ts';
import { plainErrors } from './diagnostics.ts';
import { environmentOf } from './environment.ts';
import { makePrivateCopy } from './private-copy.ts';
import { findProgram, type Program } from './program.ts';
import { run, type RunResult } from '../../source/cli/run.ts';
import { makePrivateFolder } from '../../source/private-folder.ts';

export interface PullInput {
  readonly backend: Backend;
  readonly folder: string;
  readonly workspace: string;
  readonly source: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
}

/**
 * What `terraform state pull` (or `tofu`) prints, run outside of the user's folder: in a private copy where the folder
 * was initialised, else in a folder that holds nothing but the backend, so that neither providers nor modules are
 * fetched. The settings go into a file there and never into arguments.
 * @throws Fault `backend-needs-program`, `backend-unclear`, `backend-failed`, `backend-timeout`
 */
export async function pullState(input: PullInput, signal: AbortSignal): Promise<Buffer | null> {
  const { backend, workspace, source, env, timeoutMs } = input;
  const program = await programFor(input);
  const place = backend.from === 'init' ? await copyOf(input) : await bareFolder(input);
  const deadline = AbortSignal.timeout(timeoutMs);
  const either = AbortSignal.any([signal, deadline]);
  try {
    if (backend.from === 'code') await initialise();
    await orFail(['state', 'pull'], 'state.json');
    const state = await readFile(join(place.scratch, 'state.json'));
    return state.toString('utf8').trim() === '' ? null : state;
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) throw new Fault('backend-timeout', { source, backend: backend.type, seconds: timeoutMs / 1_000 });
    throw error;
  } finally {
    await place.remove();
  }

  /**
   * `init` goes on from the backend to the providers of its state, for which it is given a folder with none in it; that
   * it then fails does not matter once it has written down the backend.
   */
  async function initialise(): Promise<void> {
    const { exitCode, errors } = await start(['init', '-no-color', '-input=false', '-get=false', '-lock=false', `-plugin-dir=${place.scratch}`], 'init.log');
    const isConfigured = (await stat(join(place.folder, '.terraform', 'terraform.tfstate')).catch(() => null)) !== null;
    if (exitCode !== 0 && !isConfigured) throw failure(errors);
  }

  async function orFail(args: readonly string[], output: string): Promise<void> {
    const { exitCode, errors } = await start(args, output);
    if (exitCode !== 0) throw failure(errors);
  }

  async function start(args: readonly string[], output: string): Promise<RunResult> {
    const result = await run(program.path, args, { cwd: place.folder, env: environmentOf(withoutInitArguments(env), workspace), outputFile: join(place.scratch, output), signal: either });
    either.throwIfAborted();
    return result;
  }

  function failure(errors: string): Fault {
    return new Fault('backend-failed', { source, backend: backend.type, program: program.name, reason: withoutValues(plainErrors(errors), backend.settings) });
  }
}

/** They are in the settings by now, and files are relative to another folder. */
function withoutInitArguments(env: PullInput['env']): PullInput['env'] {
  return { ...env, TF_CLI_ARGS_init: undefined };
}

async function programFor({ folder, env, source, backend }: PullInput): Promise<Program> {
  try {
    return await findProgram(folder, env, source);
  } catch (cause) {
    throw cause instanceof Fault && cause.code === 'live-unavailable' ? new Fault('backend-needs-program', { source, backend: backend.type }, { cause }) : cause;
  }
}

interface Workplace {
  readonly folder: string;
  readonly scratch: string;
  readonly remove: () => Promise<void>;
}

function copyOf({ folder, env, source }: PullInput): Promise<Workplace> {
  return makePrivateCopy({ folder, dataFolder: dataFolderOf(folder, env), modules: [], state: null, source });
}

/** Backends that make a workspace where there is none are only asked where their owner has initialised them. */
const makesWorkspaces = new Set(['cloud', 'remote']);

async function bareFolder({ backend, folder, source }: PullInput): Promise<Workplace> {
  const { type, settings, unknown } = backend;
  const foreign = foreignSettings(backend);
  if (foreign.length > 0) throw new Fault('backend-unclear', { source, backend: type, setting: foreign.join(', '), reason: 'only the code names where credentials would go; initialising the folder agrees to that' });
  if (makesWorkspaces.has(type)) throw new Fault('backend-unclear', { source, backend: type, reason: 'the folder is not initialised, and initialising it could make a workspace' });
  if (unknown.length > 0) throw new Fault('backend-unclear', { source, backend: type, setting: unknown.join(', '), reason: 'it is not a constant in the code' });
  const { path: scratch, remove } = await makePrivateFolder('pull'); // the settings may be secrets
  try {
    const place = join(scratch, 'backend');
    await mkdir(place, { mode: 0o700 });
    const absolute = await withAbsolutePaths(settings, folder);
    await writeFile(join(place, 'backend.tf.json'), JSON.stringify({ terraform: { backend: { [type]: { ...absolute, ...onlyReading(type) } } } }), { mode: 0o600 });
    return { folder: place, scratch, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The pg backend makes its tables when it is configured, unless it is told not to. */
function onlyReading(type: string): JsonObject {
  return type === 'pg' ? { skip_schema_creation: true, skip_table_creation: true, skip_index_creation: true } : {};
}

/** Files that settings name are looked for beside the code. */
async function withAbsolutePaths(settings: JsonObject, folder: string): Promise<JsonObject> {
  const entries = Object.entries(settings).map(async ([name, value]) => {
    const isPath = typeof value === 'string' && /(?:_path|_file)$|^credentials$/.test(name) && !isAbsolute(value);
    const path = isPath ? resolve(folder, value) : '';
    return [name, isPath && (await stat(path).catch(() => null))?.isFile() === true ? path : value] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Settings whose values help and hide nothing. */
const telling = new Set(['bucket', 'key', 'prefix', 'region', 'container_name', 'storage_account_name', 'resource_group_name', 'schema_name', 'namespace', 'organization', 'hostname', 'name', 'path']);

/** A message without what the backend's settings hold: a connection string has a password in it. */
function withoutValues(message: string, settings: JsonObject): string {
  const hidden = Object.entries(settings).flatMap(([name, value]) => (telling.has(name) ? [] : textsOf(value))).filter((text) => text.length >= 4);
  const longestFirst = hidden.toSorted((a, b) => b.length - a.length);
  return longestFirst.reduce((text, value) => text.replaceAll(value, '…'), message).replaceAll(/:\/\/[^\s/@]+@/g, '://…@');
}

function textsOf(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isList(value)) return value.flatMap(textsOf);
  return isObject(value) ? Object.values(value).flatMap(textsOf) : [];
}
