import { z } from 'zod';
import { StepResult } from '#proto/domain/step-result.ts';
import { count } from '../session.ts';
import { standingColour } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';
import { renderRecord } from '../terminal/record.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { renderCommand, renderVerdict, Verdict } from './runbook.ts';

const Step = z.looseObject({
  id: z.string(),
  part: z.string(),
  state: z.string(),
  how: z.string().nullable(),
  why: z.string().nullable(),
  attempt: z.number().nullable(),
  command: z.string(),
  verdict: Verdict,
  result: StepResult.nullable(),
});
type Step = z.infer<typeof Step>;

/** An execution as `dd0c executions show` uses it. */
export const Execution = z.looseObject({
  id: z.string(),
  runbook: z.string(),
  version: z.string(),
  agent: z.string(),
  standing: z.string(),
  trust: z.string(),
  isCancelled: z.boolean(),
  contact: z.looseObject({ isConnected: z.boolean(), lastHeardAt: z.string().nullable() }),
  requester: z.looseObject({ name: z.string() }),
  parameters: z.record(z.string(), z.string()),
  finding: z.string().nullable(),
  rollbackOf: z.string().nullable(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
  steps: z.array(Step),
  remedy: z.looseObject({ state: z.string(), reason: z.string() }).nullable(),
});
export type Execution = z.infer<typeof Execution>;

/** An execution for people, and what they can do next. */
export function renderExecution(execution: Execution, terminal: Terminal): string {
  const { paint, now } = terminal;
  const { remedy } = execution;
  const head = renderRecord(
    `${execution.runbook} ${execution.standing}`,
    [
      ['id', execution.id],
      ['version', execution.version],
      ['agent', `${execution.agent}${silenceOf(execution, now())}`],
      ['trust', execution.trust],
      ['by', execution.requester.name],
      ['parameters', Object.entries(execution.parameters).map(([name, value]) => `${name}=${value}`).join(', ') || null],
      ['takes back', execution.rollbackOf],
      ['finding', execution.finding],
      ['finding now', remedy === null ? null : `${remedy.state}: ${remedy.reason}`],
      ['cancelled', execution.isCancelled ? 'yes' : null],
      ['started', `${relativeTime(execution.createdAt, now())} (${execution.createdAt})`],
      ['ended', execution.endedAt === null ? null : `${relativeTime(execution.endedAt, now())} (${execution.endedAt})`],
    ],
    paint,
  );
  return `${head}\n${execution.steps.map((step) => renderStep(step, terminal)).join('')}${nextOf(execution)}`;
}

/** While an agent cannot be heard, what it does is not known. */
function silenceOf({ contact, standing }: Execution, now: number): string {
  if (contact.isConnected || standing !== 'running') return '';
  const heard = contact.lastHeardAt === null ? 'has never connected' : `last heard ${relativeTime(contact.lastHeardAt, now)}`;
  return ` (not connected, ${heard}: what is below is what it said last)`;
}

function renderStep(step: Step, terminal: Terminal): string {
  const stands = step.how ?? step.state;
  const name = step.part === 'run' ? step.id : `${step.id} (${step.part})`;
  const attempt = step.attempt !== null && step.attempt > 1 ? `, attempt ${step.attempt}` : '';
  const why = step.why === null ? '' : `    ${printable(step.why)}\n`;
  const verdict = step.state === 'waiting' ? renderVerdict(step.verdict, terminal, '    ') : '';
  return `  ${terminal.paint('bold', printable(name))}  ${terminal.paint(standingColour(stands) ?? 'dim', stands)}${attempt}\n${renderCommand(step.command, '    ')}${why}${resultOf(step)}${verdict}`;
}

/** What the agent saw: how strong the sandbox was, how the step ended, and what the agent itself thought of it. */
function resultOf({ result }: Step): string {
  if (result?.ending.state !== 'ended') return '';
  const { tier, exit, signal, limit, durationMs, outputBytes, survivorsKilled } = result.ending.outcome;
  const told = [
    `sandbox tier ${tier}`,
    signal === null ? `exit ${exit ?? 'unknown'}` : `ended by ${signal}`,
    ...(limit === null ? [] : [`at its limit of ${limit}`]),
    `${(durationMs / 1_000).toFixed(1)} s`,
    `${outputBytes} bytes of output`,
    ...(survivorsKilled === 0 ? [] : [`${count(survivorsKilled, 'process', 'processes')} left behind and killed`]),
    ...(result.verdict === null ? [] : [`the agent judged it ${result.verdict.risk}`]),
  ];
  return `    ${printable(told.join(' · '))}\n`;
}

function nextOf({ id, standing }: Execution): string {
  if (standing === 'waiting') return `\n\`dd0c approvals approve ${id} --key FILE\` lets the step run; whoever has the right and a pinned key can.\n`;
  if (standing === 'running') return `\n\`dd0c executions watch ${id}\` shows what happens.\n`;
  if (standing === 'unknown') return '\nA step may have run or not. Look at the host before anything is run again; what the agent tells later is kept.\n';
  return '';
}
