import { z } from 'zod';
import { canonicalBytes } from './canonical.ts';
import { Fault } from './fault.ts';
import { risks } from './risk.ts';
import { Hash, Moment, Uuid } from './step-order.ts';
import { Name } from './step-plan.ts';
import { stepParts } from './step-run.ts';

const count = z.number().int().nonnegative();
const told = z.string().max(2_000);

/** How a step that was started ended; `StepOutcome` as it travels. */
const Outcome = z.object({
  tier: z.union([z.literal(1), z.literal(2)]),
  exit: z.number().int().nullable(),
  signal: z.string().max(32).nullable(),
  limit: z.enum(['time', 'memory', 'pids', 'output', 'disk']).nullable(),
  durationMs: z.number().nonnegative(),
  outputBytes: count,
  survivorsKilled: count,
});

const Verdict = z.object({
  risk: z.enum(risks),
  reasons: z.array(z.object({ rule: z.string().max(200), why: told, span: z.tuple([count, count]) })).max(200),
});

/** What became of an order, as far as the agent can truthfully say. */
const Ending = z.discriminatedUnion('state', [
  /** Nothing was started, and nothing will be. */
  z.object({ state: z.literal('refused'), code: z.string().max(100), message: told, next: told }),
  /** It ran to an end that the agent saw. */
  z.object({
    state: z.literal('ended'),
    outcome: Outcome,
    /** Whether exit code and output are those that the plan expects. */
    expected: z.boolean(),
    /** A person, or a signal to the agent, ended it. */
    cancelled: z.boolean(),
    startedAtMs: Moment,
    endedAtMs: Moment,
    /** Over the scrubbed output as it was sent: all pieces of all streams, in order. */
    outputHash: Hash,
    /** How many `step-output` facts there are. */
    outputFacts: count,
    /** Scrubbed output that the spool had no room for; what came before and after it was sent. */
    outputLostBytes: count,
  }),
  /** It was started, or may have been, and how it ended was not seen. The probe, where there is one, tells what is there now. */
  z.object({ state: z.literal('unknown'), reason: told, probe: z.enum(['effect-there', 'effect-absent', 'not-told', 'none']) }),
]);

/** The last word on an order. */
export const StepResult = z.object({
  schema: z.literal('dd0c.step-result/v1'),
  /** This and the next five are null where the order could not be read; its id, on the fact, says which it was. */
  execution: Uuid.nullable(),
  step: Name.nullable(),
  part: z.enum(stepParts).nullable(),
  attempt: z.number().int().positive().nullable(),
  lease: Uuid.nullable(),
  planHash: Hash.nullable(),
  ending: Ending,
  /** The agent's own judgement of the command, or null where the order was refused before it was judged. */
  verdict: Verdict.nullable(),
  /** Keys whose approvals the agent checked and found good. */
  approvedBy: z.array(Hash).max(32),
});
export type StepResult = z.infer<typeof StepResult>;
export type StepEnding = StepResult['ending'];

/** The bytes that travel; they are kept as they came. */
export function writeStepResult(result: StepResult): Buffer {
  return canonicalBytes(result);
}

/** @throws Fault `step-result-invalid` */
export function readStepResult(bytes: Uint8Array): StepResult {
  try {
    return StepResult.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (error) {
    throw new Fault('step-result-invalid', { field: error instanceof z.ZodError ? error.issues[0]?.path.join('.') : 'it is not JSON' });
  }
}
