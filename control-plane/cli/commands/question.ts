import { z } from 'zod';
import { StepPlan } from '#proto/domain/step-plan.ts';
import { commandText, partOf, stepParts } from '#proto/domain/step-run.ts';
import { renderRecord } from '../terminal/record.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { renderCommand, renderVerdict, Verdict } from './runbook.ts';

/** A question as this side reads it: the plan is looked at here, and its hash made here. */
export const Question = z.looseObject({
  id: z.string(),
  requester: z.looseObject({ id: z.string(), name: z.string() }),
  mayApprove: z.boolean(),
  needed: z.number(),
  given: z.array(z.string()),
  step: z.looseObject({ id: z.string(), verdict: Verdict }),
  plan: StepPlan,
  terms: z.strictObject({ tenant: z.string(), agent: z.string(), execution: z.string(), step: z.string(), part: z.enum(stepParts), planHash: z.string(), nonce: z.string(), requester: z.string() }),
  until: z.string(),
});
export type Question = z.infer<typeof Question>;

/** All that an approval would be for. The command is put together here, from the plan that is signed. */
export function renderQuestion({ plan, terms, requester, step: { verdict }, mayApprove, needed, given, until }: Question, terminal: Terminal): string {
  const { paint, now } = terminal;
  const { step } = plan;
  const run = partOf(step, terms.part);
  const { readable, writable, network, tier } = step.sandbox;
  const head = renderRecord(
    `${plan.runbook.name}: ${step.title}`,
    [
      ['execution', terms.execution],
      ['step', terms.part === 'run' ? step.id : `${step.id}, its ${terms.part}`],
      ['agent', terms.agent],
      ['asked by', requester.name],
      ['approved by', needed === 1 ? null : `${list(given) ?? 'nobody yet'} (${needed} needed)`],
      ['ends', `${relativeTime(until, now())} (${until})`],
      ['parameters', list(Object.entries(plan.parameters).map(([name, value]) => `${name}=${value}`))],
      ['reads', list(readable)],
      ['writes', list(writable)],
      ['network', list(network) ?? 'none'],
      ['secrets', list(step.secrets)],
      ['sandbox', tier === null ? 'the strongest tier that holds there' : `tier ${tier} demanded`],
      ['limits', `${step.limits.timeoutMs / 1_000} s, ${step.limits.memoryBytes / 1024 ** 2} MiB of memory`],
      ['again', step.retries === 0 ? null : `up to ${step.retries} more times where it fails`],
      ['plan hash', terms.planHash],
    ],
    paint,
  );
  const warning = mayApprove ? '' : `\n${paint('yellow', 'You asked for it yourself, and it is dangerous: somebody else has to approve it.')}\n`;
  return `${head}\n${run === null ? '' : renderCommand(commandText(run, step.env), '  ')}\n${renderVerdict({ risk: plan.risk, reasons: verdict.reasons }, terminal, '  ')}${warning}`;
}

function list(items: readonly string[]): string | null {
  return items.length === 0 ? null : items.join(', ');
}
