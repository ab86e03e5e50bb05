import type { StepLimits } from '#proto/domain/step.ts';
import { markResource } from '../tree/mark.ts';

/** A limit by its number in Linux, and its value. */
export type Rlimit = readonly [resource: number, value: string];

const [cpu, fileSize, core, processes, files, locked, pendingSignals, messageQueues, nice, realtime] = [0, 1, 4, 6, 7, 8, 11, 12, 13, 14];

export interface RlimitOptions {
  readonly limits: StepLimits;
  readonly mark: string;
  /** How many tasks this user may have at all, or null where a cgroup counts those of the step. */
  readonly tasks: number | null;
}

/** The kernel's own limits of a process. They are no bounds for a family of processes, but each costs nothing. */
export function rlimitsFor({ limits, mark, tasks }: RlimitOptions): readonly Rlimit[] {
  return [
    [cpu, String(Math.ceil(limits.timeoutMs / 1000) + 2)],
    [fileSize, String(limits.diskBytes)],
    [core, '1'], // with 0 a core still goes to a program that the host names for it; 1 is refused there too
    ...(tasks === null ? [] : [[processes, String(tasks)] as const]),
    [files, '2048'],
    [locked, String(64 * 1024)],
    [pendingSignals, '1024'],
    [messageQueues, '0'],
    [nice, '0'],
    [realtime, '0'],
    [markResource, mark],
  ];
}
