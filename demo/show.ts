import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { WriteStream } from 'node:tty';
import { renderHuman } from '#agent/cli/format/human.ts';
import { createReasonOf } from '#agent/cli/rules/reason-of.ts';
import { createPaint } from '#agent/cli/terminal/paint.ts';
import { defaultWidth } from '#agent/cli/terminal/terminal.ts';
import { version } from '#agent/config/version.ts';
import type { DemoArguments } from './arguments.ts';
import { ChildFailure, type Running } from './children.ts';
import { noteKept } from './kept.ts';
import { lookAround, whereNext } from './look-around.ts';
import { createSteps } from './steps.ts';
import { tellRemedy } from './tell-remedy.ts';
import { type Outcome, tellStory } from './story.ts';

export interface Surroundings {
  /** The project's root, absolute. */
  readonly root: string;
  readonly cwd: string;
  readonly stdout: WriteStream;
  readonly stderr: Pick<WriteStream, 'write'>;
  /** Fires when a person has had enough. */
  readonly signal: AbortSignal;
}

/** Shows the whole way and cleans up behind itself, whatever happens; answers the exit code. */
export async function show({ paths, afterwards, runs }: DemoArguments, { root, cwd, stdout, stderr, signal }: Surroundings): Promise<number> {
  const startedAt = performance.now();
  const hasColours = stdout.isTTY && stdout.hasColors();
  const paint = createPaint({ colours: hasColours });
  const out = (text: string): void => void stdout.write(text);
  const step = createSteps({ out, isInteractive: stdout.isTTY, hasColours });
  const folder = await makeFolder(runs);
  const running: Running[] = [];
  const folders = [folder];

  out(`\n${paint('bold', 'dd0c')}, from state to screen, on this machine alone\n\n`);
  try {
    const outcome = await tellStory({ root, folder, paths, afterwards, step, signal, started: (one) => running.push(one), laid: (path) => folders.push(path) });
    report(outcome);
    if (afterwards === 'keep') {
      await noteKept(folder, { pids: running.map(({ pid }) => pid), folders });
      out(lookAround({ outcome, folder, cwd }));
    } else {
      await stopAll(running);
      await removeAll(folders);
      out(whereNext);
    }
    out(paint('dim', `\n${((performance.now() - startedAt) / 1_000).toFixed(1)} s in all\n`));
    return 0;
  } catch (error) {
    await stopAll(running);
    if (!signal.aborted) {
      await removeAll(folders.slice(1)); // the run's own folder has the logs
      return fail(error);
    }
    await removeAll(folders);
    stderr.write('\nstopped; nothing was left running\n');
    return 130;
  }

  function report({ reports, remedy }: Outcome): void {
    out(`\n${renderHuman(reports, { paint, width: stdout.columns ?? defaultWidth, cwd, noise: 'folded', reasonOf: createReasonOf([]), version })}\n`);
    if (remedy !== null) out(tellRemedy(remedy, paint));
  }

  function fail(error: unknown): number {
    const reason = error instanceof Error ? error.message : String(error);
    const log = error instanceof ChildFailure ? error.log : folder;
    stderr.write(`\n${paint('red', 'error:')} ${reason}\n${paint('cyan', 'next:')} read ${relative(cwd, log) || log}\n`);
    return 1;
  }
}

/** Each run has a folder of its own, so that one that was kept is in nobody's way. */
async function makeFolder(runs: string): Promise<string> {
  await mkdir(runs, { recursive: true, mode: 0o700 });
  return mkdtemp(join(runs, 'run-'));
}

async function removeAll(folders: readonly string[]): Promise<void> {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
}

/** The newest first: an agent says goodbye to a server that still listens. */
async function stopAll(running: readonly Running[]): Promise<void> {
  for (const one of running.toReversed()) await one.stop();
}
