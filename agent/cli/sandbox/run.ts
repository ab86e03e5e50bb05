import { randomBytes, randomInt } from 'node:crypto';
import { constants } from 'node:os';
import { asFault, Fault } from '#proto/domain/fault.ts';
import type { StepLimits, StepOutcome } from '#proto/domain/step.ts';
import { openSandbox } from '#sandbox/open-sandbox.ts';
import { cleanEnvironment } from '#sandbox/environment/clean.ts';
import type { SandboxSpec } from '#sandbox/spec.ts';
import { createNameJudge } from '#secrets/names.ts';
import { createScrubber } from '../../scrub/scrubber.ts';
import { explain } from '../explain.ts';
import type { Host } from '../host.ts';
import { printable } from '../terminal/printable.ts';
import { type SandboxFlags, specFrom } from './request.ts';
import { rawTo, type Shown, shownTo } from './shown.ts';

/** What a shell calls a command that was not run. */
const notRun = 125;
const idleMs = 200;

/** Runs one command in the sandbox and answers its exit code. */
export async function runInSandbox(command: readonly string[], flags: SandboxFlags, host: Host): Promise<number> {
  const { terminal } = host;
  try {
    const spec = specFrom(command, flags, host);
    const { dropped } = cleanEnvironment(spec.env, spec.workdir === null ? [] : [spec.workdir]);
    if (dropped.length > 0) terminal.err(`left out of the step's environment: ${dropped.map(printable).join(', ')}\n`);
    const outcome = await run(spec, flags, host);
    if (flags.report === 'json') terminal.err(`${report(outcome)}\n`);
    else if (outcome.limit !== null) terminal.err(`${terminal.paintError('yellow', 'limit:')} ${wordOf(outcome, spec.limits)}\n`);
    return codeOf(outcome);
  } catch (error) {
    terminal.err(explain(error, terminal.paintError));
    if (asFault(error).code === 'broken' && host.env['DD0C_DEBUG'] !== undefined) terminal.err(`${String(asFault(error).cause)}\n`);
    return notRun;
  }
}

async function run(spec: SandboxSpec, { raw, warm }: SandboxFlags, { terminal, stop }: Host): Promise<StepOutcome> {
  const sandbox = await openSandbox({ random: (below) => randomInt(below), now: () => performance.now(), prove: spec.tier ?? 'strongest', ...(warm === true ? { spareFor: spec } : {}) });
  const shown = raw === true ? { stdout: rawTo(terminal.output), stderr: rawTo(terminal.errorOutput) } : safely(spec, terminal);
  let quiet = 0;
  const timer = setInterval(() => {
    quiet += 1;
    if (quiet === 1) for (const stream of Object.values(shown)) stream.idle();
  }, idleMs);
  try {
    if (warm === true && (await sandbox.rested()) === null) throw new Fault('sandbox-spec-invalid', { field: '--warm', reason: 'in tier 1 a step with places of its own starts cold' });
    const outcome = await sandbox.run(spec, (event) => {
      if (event.kind !== 'output') return;
      quiet = 0;
      shown[event.stream].write(event.bytes);
    }, stop);
    await Promise.all(Object.values(shown).map(async (stream) => stream.end()));
    if (shown.stderr.isMidLine) terminal.err('\n');
    return outcome;
  } finally {
    clearInterval(timer);
    await sandbox.close();
  }
}

/** What the step was given under a name that sounds like a secret is masked wherever it turns up. */
function safely({ env }: SandboxSpec, { output, errorOutput }: Host['terminal']): { readonly stdout: Shown; readonly stderr: Shown } {
  const scrubber = createScrubber({ key: randomBytes(32) });
  const judge = createNameJudge();
  for (const [name, value] of Object.entries(env)) if (['secret', 'perhaps'].includes(judge(name))) scrubber.know(value);
  return { stdout: shownTo(output, scrubber.stream()), stderr: shownTo(errorOutput, scrubber.stream()) };
}

function report({ tier, exit, signal, limit, durationMs, outputBytes }: StepOutcome): string {
  return JSON.stringify({ tier, exit, signal, limit, durationMs, outputBytes });
}

function codeOf({ exit, signal }: StepOutcome): number {
  return exit ?? 128 + numberOf(signal);
}

function numberOf(signal: string | null): number {
  return Object.entries(constants.signals).find(([name]) => name === signal)?.[1] ?? 0;
}

function wordOf({ limit, signal }: StepOutcome, { timeoutMs, memoryBytes, pids, diskBytes, outputBytes }: StepLimits): string {
  const ended = signal === 'SIGKILL' ? 'the step was ended: ' : '';
  switch (limit) {
    case 'time':
      return `${ended}it ran for ${timeoutMs / 1000} s`;
    case 'memory':
      return `${ended}it took ${memoryBytes / 2 ** 20} MiB of memory`;
    case 'pids':
      return `${ended}it had ${pids} processes and threads, and got no more`;
    case 'disk':
      return `${ended}it wrote ${diskBytes / 2 ** 20} MiB`;
    case 'output':
      return `its output was cut after ${outputBytes} bytes`;
    case null:
      return '';
  }
}
