import { randomInt } from 'node:crypto';
import type { StepLimits, StepOutcome } from '#proto/domain/step.ts';
import { type OpenSandbox, openSandbox, type SandboxOptions } from '#sandbox/open-sandbox.ts';
import type { Sandbox, SandboxEvent } from '#sandbox/sandbox.ts';
import type { SandboxSpec } from '#sandbox/spec.ts';

/** Limits that no ordinary step meets. */
export const wide: StepLimits = { timeoutMs: 60_000, memoryBytes: 512 << 20, pids: 128, diskBytes: 64 << 20, outputBytes: 1 << 20 };

/** A step that runs this text in bash, with nothing given to it. */
export function scriptSpec(script: string, more: Partial<Omit<SandboxSpec, 'limits'>> & { readonly limits?: Partial<StepLimits> } = {}): SandboxSpec {
  return { command: ['bash', '-c', script], workdir: null, readable: [], writable: [], env: {}, network: [], tier: null, ...more, limits: { ...wide, ...more.limits } };
}

/** The sandbox of this machine, with what it proved of itself. */
export async function openTestSandbox(more: Omit<SandboxOptions, 'random' | 'now'> = {}): Promise<OpenSandbox> {
  return openSandbox({ ...more, random: (below) => randomInt(below), now: () => performance.now() });
}

/** What a step did, gathered. */
export interface Ran {
  readonly outcome: StepOutcome;
  readonly out: string;
  readonly err: string;
  readonly events: readonly SandboxEvent[];
}

/** Runs a step to its end. */
export async function runToEnd(sandbox: Sandbox, spec: SandboxSpec, signal = new AbortController().signal): Promise<Ran> {
  const events: SandboxEvent[] = [];
  const outcome = await sandbox.run(spec, (event) => events.push(event), signal);
  const text = (stream: 'stdout' | 'stderr'): string => Buffer.concat(events.flatMap((event) => (event.kind === 'output' && event.stream === stream ? [event.bytes] : []))).toString('utf8');
  return { outcome, out: text('stdout'), err: text('stderr'), events };
}
