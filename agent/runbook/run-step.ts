import type { StepOutcome } from '#proto/domain/step.ts';
import type { Step } from '#proto/domain/step-plan.ts';
import type { StepPart, StepRun } from '#proto/domain/step-run.ts';
import type { StepEnding } from '#proto/domain/step-result.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import type { ScrubbedPiece } from '../scrub/step-facts.ts';
import type { Scrubber } from '../scrub/scrubber.ts';
import { lookFor } from './output/expectation.ts';
import { createOutputPump, type PumpParts } from './output/pump.ts';
import type { Policy } from './policy/policy.ts';
import { specOf } from './spec.ts';

export interface StepJob {
  readonly orderId: string;
  readonly step: Step;
  readonly part: StepPart;
  readonly run: StepRun;
  readonly secrets: Readonly<Record<string, string>>;
}

export interface StepTools {
  readonly sandbox: Pick<Sandbox, 'run'>;
  readonly policy: Policy;
  readonly scrubber: Pick<Scrubber, 'stream' | 'know'>;
  readonly onStarted: (atMs: number) => void;
  /** Takes pieces of output, and says whether there was room for them. */
  readonly emit: (pieces: readonly ScrubbedPiece[]) => boolean;
  readonly every: PumpParts['every'];
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/**
 * Runs a step that was admitted and journalled to its end, and tells what it writes on the way.
 * @throws Fault `sandbox-unavailable`, before anything was started
 */
export async function runStep(job: StepJob, tools: StepTools, signal: AbortSignal): Promise<Extract<StepEnding, { state: 'ended' }>> {
  const { sandbox, scrubber, clock, emit, every, onStarted } = tools;
  for (const value of Object.values(job.secrets)) scrubber.know(value);
  const scope = job.orderId;
  const pump = createOutputPump({ scrubbers: { stdout: scrubber.stream(scope), stderr: scrubber.stream(scope) }, emit, every });
  const expected = expectationOf(job);
  const lookout = lookFor(expected.output);
  let startedAtMs = clock();
  try {
    const outcome = await sandbox.run(
      specOf({ ...job, policy: tools.policy }),
      (event) => {
        if (event.kind === 'started') onStarted((startedAtMs = clock()));
        if (event.kind !== 'output') return;
        if (event.stream === 'stdout') lookout.see(event.bytes);
        pump.write(event.stream, event.bytes, Math.round(event.atMs));
      },
      signal,
    );
    const { hash, pieces, lostBytes } = pump.end();
    const isExpected = outcome.exit !== null && outcome.limit === null && expected.exit.includes(outcome.exit) && lookout.isFound;
    return {
      state: 'ended',
      outcome: { ...outcome },
      expected: isExpected,
      cancelled: signal.aborted && outcome.exit === null,
      startedAtMs,
      endedAtMs: clock(),
      outputHash: hash,
      outputFacts: pieces,
      outputLostBytes: lostBytes,
    };
  } finally {
    pump.end(); // stops its clock also where the sandbox threw
  }
}

/** What a probe says of the effect: 0 it is there, 1 it is not, anything else tells nothing. */
export function readProbe({ exit, limit }: Pick<StepOutcome, 'exit' | 'limit'>): 'effect-there' | 'effect-absent' | 'not-told' {
  if (limit !== null) return 'not-told';
  return exit === 0 ? 'effect-there' : exit === 1 ? 'effect-absent' : 'not-told';
}

/** The plan's expectation is of its main part. */
function expectationOf({ step, part }: StepJob): Step['expect'] {
  if (part === 'run') return step.expect;
  return { exit: part === 'probe' ? [0, 1] : [0], output: null };
}
