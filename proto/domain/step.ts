/**
 * How strong the sandbox around a step was: 1 is namespaces (bubblewrap) with Landlock and seccomp inside, 2 is Landlock
 * and seccomp alone. There is no weaker one: where neither holds, nothing runs.
 */
export type Tier = 1 | 2;

/** What ended a step, or was held to, before it ended by itself. */
export type StepLimit = 'time' | 'memory' | 'pids' | 'output' | 'disk';

/** What a step may use. */
export interface StepLimits {
  readonly timeoutMs: number;
  readonly memoryBytes: number;
  readonly pids: number;
  readonly diskBytes: number;
  /** Of standard output and standard error together. */
  readonly outputBytes: number;
}

/** The one truthful result of a step that was started. */
export interface StepOutcome {
  readonly tier: Tier;
  /** The command's own exit code, or null where a signal ended it. */
  readonly exit: number | null;
  /** Such as `SIGKILL`, or null where it exited. */
  readonly signal: string | null;
  /** Which limit was reached, or null. */
  readonly limit: StepLimit | null;
  readonly durationMs: number;
  /** What the step wrote, before the limit on output cut it. */
  readonly outputBytes: number;
  /** Processes that the step left behind and that were killed; those of tier 1 die with their namespace, uncounted. */
  readonly survivorsKilled: number;
}
