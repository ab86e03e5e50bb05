import { Fault } from '#proto/domain/fault.ts';
import { isAtLeast, type Risk, type RiskVerdict, worseOf } from '#proto/domain/risk.ts';
import { commandText, type StepPart, stepParts } from '#proto/domain/step-run.ts';
import { fillStep } from './fill-step.ts';
import { type Parameter, whyNotValue } from './parameter.ts';
import type { Runbook, StepTemplate } from './runbook.ts';

/** Says what a command would do at worst. */
export type Classify = (command: string) => RiskVerdict;

/** What was found of each part that a step has. */
export interface StepVerdict {
  /** The worst of all its parts. */
  readonly risk: Risk;
  readonly parts: Readonly<Partial<Record<StepPart, RiskVerdict>>>;
}

/**
 * Judges each step of a runbook before any value is known, with harmless values in the places of parameters.
 * @throws Fault `runbook-invalid` where a probe would do more than look, or where a value could make a step do more than
 * it does with another one: it would reach something that reads it as code
 */
export function judgeRunbook(runbook: Runbook, classify: Classify): readonly StepVerdict[] {
  const harmless = valuesOf(runbook.parameters, harmlessFor);
  return runbook.steps.map((step, index) => {
    const verdict = judgeStep(fillStep(step, harmless), classify);
    const probe = verdict.parts.probe;
    if (probe && probe.risk !== 'read_only') throw refuse(index, 'probe', `a probe only looks, and this one is ${probe.risk}: ${probe.reasons[0]?.why ?? ''}`);
    refuseInjection(runbook, step, { index, before: verdict, classify });
    return verdict;
  });
}

export function judgeStep(step: StepTemplate, classify: Classify): StepVerdict {
  const parts: Partial<Record<StepPart, RiskVerdict>> = {};
  let risk: Risk = 'read_only';
  for (const part of stepParts) {
    const run = step[part];
    if (run === null) continue;
    const verdict = classify(commandText(run, step.env));
    parts[part] = verdict;
    risk = worseOf(risk, verdict.risk);
  }
  return { risk, parts };
}

/** Values that mean something to a shell, to SQL or to an option parser, from plain to elaborate. */
const hostile = [
  'x;id', 'x$(id)', 'x`id`', "x';rm -rf /;'", 'x";rm -rf /;"', 'x||rm -rf /', "x' or 1=1; drop table t; --", 'x|sh', 'x & rm -rf / &', '$(rm -rf /)', '; rm -rf / #', '--delete', '-rf',
];

/** A value that its pattern lets through must be as harmless as any other, or the pattern has to be tighter. */
function refuseInjection({ parameters }: Runbook, step: StepTemplate, { index, before, classify }: { readonly index: number; readonly before: StepVerdict; readonly classify: Classify }): void {
  const harmless = valuesOf(parameters, harmlessFor);
  for (const parameter of parameters) {
    if (!JSON.stringify(step).includes(parameter.name)) continue;
    for (const value of hostile.filter((each) => whyNotValue(parameter, each) === null)) {
      const after = judgeFilled(step, { ...harmless, [parameter.name]: value }, classify);
      if (after === null || isAtLeast(before.risk, after.risk)) continue;
      throw refuse(index, 'run', `the parameter ${parameter.name} could change what this step does (${after.risk} with ${JSON.stringify(value)}); give it a pattern or an enum`);
    }
  }
}

/** Null where such a value is refused when it is given. */
function judgeFilled(step: StepTemplate, values: Readonly<Record<string, string>>, classify: Classify): StepVerdict | null {
  try {
    return judgeStep(fillStep(step, values), classify);
  } catch (error) {
    if (error instanceof Fault && error.code === 'parameter-invalid') return null;
    throw error;
  }
}

function valuesOf(parameters: readonly Parameter[], valueFor: (parameter: Parameter) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(parameters.map((parameter) => [parameter.name, valueFor(parameter)]));
}

function harmlessFor(parameter: Parameter): string {
  if (parameter.type === 'bool') return 'true';
  if (parameter.type === 'int') return String(parameter.default ?? parameter.min ?? parameter.max ?? 1);
  return parameter.enum?.[0] ?? parameter.default ?? 'x';
}

function refuse(index: number, field: string, reason: string): Fault {
  return new Fault('runbook-invalid', { field: `steps.${index}.${field}`, reason });
}
