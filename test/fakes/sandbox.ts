import type { Sandbox, SandboxEvent } from '#sandbox/sandbox.ts';
import type { SandboxSpec } from '#sandbox/spec.ts';
import type { StepOutcome } from '#proto/domain/step.ts';

/** A run that the test is in the middle of. */
export interface FakeRun {
  readonly spec: SandboxSpec;
  readonly signal: AbortSignal;
  emit(event: SandboxEvent): void;
  exit(outcome?: Partial<StepOutcome>): void;
  fail(error: Error): void;
}

export interface FakeSandbox extends Sandbox {
  /** Every run so far, in the order in which they began. */
  readonly runs: readonly FakeRun[];
  /** The next run that begins, or one that began and was not asked for. */
  nextRun(): Promise<FakeRun>;
}

/** Starts nothing: a step runs until the test ends it, or an abort. */
export function fakeSandbox(proofs: Sandbox['proofs'] = [{ tier: 1, holds: true, detail: '' }]): FakeSandbox {
  const runs: FakeRun[] = [];
  const waiting: ((run: FakeRun) => void)[] = [];
  let asked = 0;
  return {
    proofs,
    runs,
    async nextRun() {
      const run = runs[asked] ?? (await new Promise<FakeRun>((resolve) => waiting.push(resolve)));
      asked += 1;
      return run;
    },
    run(spec, onEvent, signal) {
      const over = Promise.withResolvers<StepOutcome>();
      const exit = (outcome: Partial<StepOutcome> = {}): void => over.resolve({ tier: 1, exit: 0, signal: null, limit: null, durationMs: 1, outputBytes: 0, survivorsKilled: 0, ...outcome });
      const run: FakeRun = { spec, signal, emit: onEvent, exit, fail: over.reject };
      signal.addEventListener('abort', () => exit({ exit: null, signal: 'SIGKILL' }));
      if (signal.aborted) exit({ exit: null, signal: 'SIGKILL' });
      runs.push(run);
      onEvent({ kind: 'started', tier: 1 });
      waiting.shift()?.(run);
      return over.promise;
    },
  };
}
