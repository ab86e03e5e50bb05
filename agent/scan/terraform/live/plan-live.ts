import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import { readDocument } from '../source/read-document.ts';
import type { Document } from '../source/recognise.ts';
import { plainErrors, toldErrors } from './diagnostics.ts';
import { collectingLess, environmentOf } from './environment.ts';
import { makePrivateCopy, type CopyInput } from './private-copy.ts';
import { headerOf, type StateHeader, stateOfPlan } from './plan-file.ts';
import { pluginsOf, trusting } from './plugins.ts';
import { findProgram } from './program.ts';
import { run, type RunResult } from '../../source/cli/run.ts';
import type { Turns } from '../../source/cli/turns.ts';

export interface LiveInput extends Omit<CopyInput, 'dataFolder'> {
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  /** Installing is not safe beside installing: the folder of a plug-in cache may be shared. */
  readonly installing: Turns;
  /** Called once the program is at work, for what can be done meanwhile. */
  readonly onBegun?: () => void;
}

export interface LivePlan extends StateHeader {
  readonly plan: Document;
}

/**
 * Plans a folder with terraform or tofu, in a private copy and without a lock, and reads the plan as JSON. The folder,
 * its state and its lock file are not written.
 * @throws Fault `live-unavailable`, `live-failed`, `live-timeout`
 */
export async function planLive({ folder, modules, state, source, workspace, env, timeoutMs, installing, onBegun = () => {} }: LiveInput, signal: AbortSignal): Promise<LivePlan> {
  const program = await findProgram(folder, env, source);
  const dataFolder = resolve(folder, env['TF_DATA_DIR'] ?? '.terraform');
  const copy = await makePrivateCopy({ folder, dataFolder, modules, state, source });
  const deadline = AbortSignal.timeout(timeoutMs);
  const either = AbortSignal.any([signal, deadline]);
  try {
    const settings = await plan();
    const planned = await stateOfPlan(join(copy.scratch, 'plan.bin'));
    await show(planned === null ? null : settings);
    const { lineage, serial } = planned ?? (await pulled());
    return { plan: await readDocument(join(copy.scratch, 'plan.json'), source, either), lineage, serial };
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) throw new Fault('live-timeout', { source, seconds: timeoutMs / 1_000 });
    throw error;
  } finally {
    await copy.remove();
  }

  /**
   * A folder that was initialised is planned as it is; `init` may ask for what only its owner knows. Answers with
   * settings under which the plan's providers are taken as they were found then, or null.
   */
  async function plan(): Promise<string | null> {
    const atFirst = await pluginsOf(copy.folder);
    const starting = start(planArguments, 'plan.log');
    onBegun();
    const first = await starting;
    if (first.exitCode === 0) return trusting(atFirst, await pluginsOf(copy.folder));
    if (!(await wantsInit(join(copy.scratch, 'plan.log'), first.errors))) throw await failure('plan', first);
    await installing(() => orFail('init', ['init', '-no-color', '-input=false', '-lock=false'], 'init.log'));
    const afterInit = await pluginsOf(copy.folder);
    const second = await start(planArguments, 'plan.log');
    if (second.exitCode !== 0) throw await failure('plan', second);
    return trusting(afterInit, await pluginsOf(copy.folder));
  }

  /** The plan as JSON. Where it cannot be had under these settings, it is asked for under the caller's own. */
  async function show(settings: string | null): Promise<void> {
    if (settings !== null) {
      const file = join(copy.scratch, 'trusting.tfrc');
      await writeFile(file, settings, { mode: 0o600 });
      const { exitCode } = await start(showArguments, 'plan.json', { TF_CLI_CONFIG_FILE: file });
      if (exitCode === 0) return;
    }
    await orFail('show', showArguments, 'plan.json');
  }

  async function pulled(): Promise<StateHeader> {
    await orFail('state pull', ['state', 'pull'], 'state.json');
    return headerOf(await readFile(join(copy.scratch, 'state.json')));
  }

  async function orFail(stage: string, args: readonly string[], output: string): Promise<void> {
    const result = await start(args, output);
    if (result.exitCode !== 0) throw fault(stage, plainErrors(result.errors));
  }

  async function start(args: readonly string[], output: string, more: Readonly<Record<string, string>> = {}): Promise<RunResult> {
    const result = await run(program.path, args.map((arg) => arg.replace('plan.bin', join(copy.scratch, 'plan.bin'))), {
      cwd: copy.folder,
      env: collectingLess({ ...environmentOf(env, workspace), ...more }, process.availableMemory()),
      outputFile: join(copy.scratch, output),
      signal: either,
    });
    either.throwIfAborted();
    return result;
  }

  async function failure(stage: string, { errors }: RunResult): Promise<Fault> {
    if (errors.includes('not defined: -json')) return fault(stage, `this ${program.name} is too old; version 0.15.3 or later is needed`);
    return fault(stage, (await toldErrors(join(copy.scratch, 'plan.log'))) || plainErrors(errors));
  }

  function fault(stage: string, reason: string): Fault {
    return new Fault('live-failed', { source, program: program.name, stage, reason });
  }
}

const planArguments = ['plan', '-json', '-input=false', '-lock=false', '-out=plan.bin'];
const showArguments = ['show', '-no-color', '-json', 'plan.bin'];

async function wantsInit(logFile: string, errors: string): Promise<boolean> {
  const told = `${await toldErrors(logFile)} ${errors}`;
  return /\b(?:terraform|tofu) init\b|not installed|Required plugins|Inconsistent dependency lock file|Missing required provider/i.test(told);
}
