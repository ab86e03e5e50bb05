import type { StepLimit, StepLimits } from '#proto/domain/step.ts';
import { diskUsage, removedBytes } from './disk.ts';
import { usageOf } from './usage.ts';

export interface WatchOptions {
  readonly limits: StepLimits;
  readonly members: () => readonly number[];
  /** Folders of this host that the step may fill. */
  readonly folders: readonly string[];
  /** What a cgroup holds to by itself need not be counted. */
  readonly counts: { readonly memory: boolean; readonly pids: boolean };
  /** What a cgroup says was reached, if there is one. */
  readonly reached: () => StepLimit | null;
  /** Held: the kernel refuses more. Exceeded: the step has to be ended. */
  readonly onLimit: (limit: StepLimit, how: 'held' | 'exceeded') => void;
}

const everyMs = 25;

/**
 * Looks again and again at what a step uses, where the kernel does not hold it to its limits by itself. A family of
 * processes can overshoot by what it takes within one look. Answers a function that ends the watch.
 */
export function watch({ limits, members, folders, counts, reached, onLimit }: WatchOptions): () => void {
  const before = measure(Number.POSITIVE_INFINITY);
  let walk: Generator<void, number> | null = null;
  let restUntil = 0;
  const timer = setInterval(look, everyMs);
  return () => clearInterval(timer);

  function look(): void {
    const held = reached();
    if (held !== null) onLimit(held, held === 'memory' ? 'exceeded' : 'held'); // the kernel has killed for memory; a fork it only refuses
    if (counts.memory || counts.pids) {
      const { memoryBytes, pids } = usageOf(members());
      if (counts.memory && memoryBytes > limits.memoryBytes) onLimit('memory', 'exceeded');
      if (counts.pids && pids >= limits.pids) onLimit('pids', pids > limits.pids ? 'exceeded' : 'held');
    }
    lookAtDisk();
  }

  /** A share of a walk each time; after a long one, a rest of four times its length. */
  function lookAtDisk(): void {
    const now = performance.now();
    if (folders.length === 0 || now < restUntil) return;
    walk ??= diskUsage(folders, before + limits.diskBytes);
    for (let step = walk.next(); ; step = walk.next()) {
      if (step.done === true) {
        if (step.value - before + removedBytes(members()) >= limits.diskBytes) onLimit('disk', 'exceeded');
        walk = null;
        restUntil = performance.now() + Math.min(1000, 4 * (performance.now() - now));
        return;
      }
      if (performance.now() - now > 15) return;
    }
  }

  function measure(enough: number): number {
    const whole = diskUsage(folders, enough);
    for (let step = whole.next(); ; step = whole.next()) if (step.done === true) return step.value;
  }
}
