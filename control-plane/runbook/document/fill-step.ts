import { Fault } from '#proto/domain/fault.ts';
import type { Step } from '#proto/domain/step-plan.ts';
import { fill, opensWith } from './placeholder.ts';
import type { RunTemplate, StepTemplate } from './runbook.ts';

type Values = Readonly<Record<string, string>>;

/**
 * Puts values in their places: in words, each of which stays one word that no shell reads, and in environment
 * variables. A value that stands first in its word and would pass for an option is refused.
 * @throws Fault `parameter-invalid`
 */
export function fillStep(step: StepTemplate, values: Values): Step {
  const filled = (run: RunTemplate): RunTemplate => (run.kind === 'script' ? run : { kind: 'command', words: run.words.map(word) });
  return {
    ...step,
    run: filled(step.run),
    probe: step.probe && filled(step.probe),
    rollback: step.rollback && filled(step.rollback),
    env: Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, fill(value, values)])),
  };

  function word(template: string): string {
    const text = fill(template, values);
    const first = opensWith(template);
    if (first !== null && text.startsWith('-')) throw new Fault('parameter-invalid', { parameter: first, step: step.id, reason: 'it would be read as an option' });
    return text;
  }
}
