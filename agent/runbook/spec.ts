import type { StepLimits, Tier } from '#proto/domain/step.ts';
import type { Step } from '#proto/domain/step-plan.ts';
import { argvOf, type StepRun } from '#proto/domain/step-run.ts';
import type { SandboxSpec } from '#sandbox/spec.ts';
import type { Policy } from './policy/policy.ts';

export interface SpecParts {
  readonly step: Step;
  readonly run: StepRun;
  readonly secrets: Readonly<Record<string, string>>;
  readonly policy: Pick<Policy, 'limits' | 'tiers'>;
}

/** What the plan asks for, within what the owner allows. Paths and hosts have been admitted; limits are cut here. */
export function specOf({ step, run, secrets, policy }: SpecParts): SandboxSpec {
  const { readable, writable, network, tier } = step.sandbox;
  return {
    command: argvOf(run),
    workdir: null, // a folder of its own, that is gone with it
    readable,
    writable,
    env: { ...step.env, ...secrets },
    network,
    limits: smaller(step.limits, policy.limits),
    tier: tier ?? onlyTier(policy.tiers),
  };
}

function smaller(asked: StepLimits, allowed: StepLimits): StepLimits {
  return {
    timeoutMs: Math.min(asked.timeoutMs, allowed.timeoutMs),
    memoryBytes: Math.min(asked.memoryBytes, allowed.memoryBytes),
    pids: Math.min(asked.pids, allowed.pids),
    diskBytes: Math.min(asked.diskBytes, allowed.diskBytes),
    outputBytes: Math.min(asked.outputBytes, allowed.outputBytes),
  };
}

function onlyTier(allowed: readonly Tier[]): Tier | null {
  return allowed.length === 1 ? (allowed[0] ?? null) : null;
}
