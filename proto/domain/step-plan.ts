import { z } from 'zod';
import { canonicalHash } from './canonical.ts';
import { risks } from './risk.ts';
import { StepRun } from './step-run.ts';

const text = (maxLength: number) => z.string().max(maxLength).regex(/^\P{Cc}*$/u, 'no control characters');
const absolute = z.string().max(4_096).regex(/^\/[^\0]*$/, 'an absolute path');
const count = z.number().int().nonnegative();

/** `name:port`; an IPv6 address stands in brackets. */
export const HostPort = z.string().max(260).regex(/^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9_.-]+):\d{1,5}$/, 'host:port');

/** A name that a parameter, a step or a secret has. */
export const Name = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,62}$/, 'a letter, then letters, digits, _ and -');

/** The name of an environment variable. */
export const EnvName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,126}$/, 'the name of an environment variable');

/** What a step may touch, and the tier that it demands, if any. */
export const SandboxNeeds = z.strictObject({
  readable: z.array(absolute).max(64),
  writable: z.array(absolute).max(64),
  /** Empty means no network at all. */
  network: z.array(HostPort).max(64),
  tier: z.union([z.literal(1), z.literal(2)]).nullable(),
});
export type SandboxNeeds = z.infer<typeof SandboxNeeds>;

/** What tells that a step did what it should. */
export const Expectation = z.strictObject({
  /** Any of these exit codes. */
  exit: z.array(z.number().int().min(0).max(255)).min(1).max(16),
  /** Text that standard output must contain, or null. */
  output: z.string().max(1_024).nullable(),
});
export type Expectation = z.infer<typeof Expectation>;

/** One step as it is to run, with every parameter in its place. */
export const Step = z.strictObject({
  id: Name,
  title: text(200),
  run: StepRun,
  /** Tells whether the effect is there: exit 0 yes, 1 no, anything else that it could not be told. Always read_only. */
  probe: StepRun.nullable(),
  /** Takes the effect back; ordered by a person, under an approval of its own. */
  rollback: StepRun.nullable(),
  env: z.record(EnvName, z.string().max(8_192).refine((value) => !value.includes('\0'), 'no null character')),
  /** Names under which the agent's own configuration keeps them; their values are in no plan. */
  secrets: z.array(Name).max(32),
  sandbox: SandboxNeeds,
  limits: z.strictObject({ timeoutMs: count.positive(), memoryBytes: count.positive(), pids: count.positive(), diskBytes: count.positive(), outputBytes: count.positive() }),
  /** That it may be run again without harm is for its author to say; without it nothing is retried. */
  idempotent: z.boolean(),
  retries: count.max(10),
  expect: Expectation,
});
export type Step = z.infer<typeof Step>;

/**
 * All that a person approves and an agent runs: change one letter of it and it is another plan. It names no execution,
 * so the same plan has the same hash whenever it is made.
 */
export const StepPlan = z.strictObject({
  schema: z.literal('dd0c.step-plan/v1'),
  runbook: z.strictObject({ name: Name, version: z.string().regex(/^[0-9a-f]{64}$/) }),
  step: Step,
  /** As they were given, for the person who decides; they are in their places in `step` already. */
  parameters: z.record(Name, z.string().max(8_192)),
  /** What the control plane found; the agent judges again itself. */
  risk: z.enum(risks),
});
export type StepPlan = z.infer<typeof StepPlan>;

/** What approvals and orders are bound to: SHA-256 over the plan's canonical bytes, in hexadecimal. */
export function hashPlan(plan: StepPlan): string {
  return canonicalHash(plan);
}
