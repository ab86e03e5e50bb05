import type { Shown } from '../drivers/driver.ts';
import { innerRoom } from '../room/room.ts';
import { isAlive } from '../tree/sweep.ts';
import { dismiss, drawOwn, isThere, type Launcher, removeGroup, startLauncher } from './launcher.ts';
import type { LaunchParts } from './launch-parts.ts';

/**
 * One launcher that has been started before its step is known, so that the step does not wait for a Node to start. It holds
 * nothing but its end of the channel and of two pipes: no plan, no environment, no file; it has a user, a mark and a group
 * that no step had before, serves one step, and goes the same way into it as one that was started for it.
 */
export interface Spare {
  /** The one that waits, if it suits this step; it is the step's own then. Null sends the step the cold way. */
  take(parts: LaunchParts, shown: Shown): Promise<Launcher | null>;
  /** Sees to it, a moment later, that a step like this one finds a launcher. */
  prepare(parts: LaunchParts, shown: Shown): void;
  /** When what was to be prepared is there: the process that waits, or null where there is none. */
  rested(): Promise<number | null>;
  close(): Promise<void>;
}

interface Waiting {
  readonly parts: LaunchParts;
  readonly shape: string;
  /** Null where none could be started: the next step then meets the same trouble, and tells it. */
  readonly launcher: Promise<Launcher | null>;
}

/** The step that has just begun is not to share a core with the next one's launcher at once. */
const settleMs = 10;

/** A place for one launcher, empty at first. */
export function openSpare(): Spare {
  let waiting: Waiting | null = null;
  let soon: { readonly timer: NodeJS.Timeout; readonly start: () => void } | null = null;
  const leaving = new Set<Promise<void>>();
  let closed = false;
  return { take, prepare, rested, close };

  async function take(parts: LaunchParts, shown: Shown): Promise<Launcher | null> {
    const found = waiting;
    if (found === null || !suits(found, parts, parts.driver.shapeOf(shown))) return null;
    waiting = null;
    const launcher = await found.launcher;
    if (launcher === null || (isThere(launcher) && isAlive(launcher.step))) return launcher;
    drop(found);
    return null;
  }

  function prepare(parts: LaunchParts, shown: Shown): void {
    const shape = parts.driver.shapeOf(shown);
    if (closed || shape === null || soon !== null || (waiting !== null && suits(waiting, parts, shape))) return;
    const start = (): void => {
      soon = null;
      if (waiting !== null) drop(waiting);
      waiting = { parts, shape, launcher: startSpare(parts, shown) };
    };
    soon = { timer: setTimeout(start, settleMs), start };
  }

  async function rested(): Promise<number | null> {
    if (soon !== null) {
      clearTimeout(soon.timer);
      soon.start();
    }
    const launcher = await waiting?.launcher;
    await launcher?.joined;
    return launcher?.step ?? null;
  }

  async function close(): Promise<void> {
    closed = true;
    if (soon !== null) clearTimeout(soon.timer);
    if (waiting !== null) drop(waiting);
    waiting = null;
    await Promise.all(leaving);
  }

  function drop(dropped: Waiting): void {
    const gone = end(dropped).finally(() => leaving.delete(gone));
    leaving.add(gone);
  }
}

function suits(found: Waiting, parts: LaunchParts, shape: string | null): boolean {
  return found.parts.driver === parts.driver && found.shape === shape;
}

async function startSpare(parts: LaunchParts, { limits }: Shown): Promise<Launcher | null> {
  const own = drawOwn(parts);
  try {
    return await startLauncher(parts, own, innerRoom(limits.diskBytes));
  } catch {
    await removeGroup(own);
    return null;
  }
}

async function end({ parts, launcher }: Waiting): Promise<void> {
  const found = await launcher;
  if (found === null) return;
  await dismiss(found, parts);
  await removeGroup(found);
}
