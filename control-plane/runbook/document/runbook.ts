import type { Step } from '#proto/domain/step-plan.ts';
import type { StepRun } from '#proto/domain/step-run.ts';
import type { Parameter } from './parameter.ts';
import type { Selector } from './schema.ts';

/** A step whose words and values may still have placeholders in them. */
export type StepTemplate = Step;
export type RunTemplate = StepRun;

/** What a document means, without how it was written; its canonical hash is its version. */
export interface Runbook {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly selector: Selector | null;
  readonly parameters: readonly Parameter[];
  readonly steps: readonly StepTemplate[];
}
