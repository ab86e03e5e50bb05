import { z } from 'zod';
import { commandText, partOf, stepParts } from '#proto/domain/step-run.ts';
import { Step } from '#proto/domain/step-plan.ts';
import { riskColour } from '../terminal/paint.ts';
import { printable, printableLines } from '../terminal/printable.ts';
import { renderRecord } from '../terminal/record.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What the safety scanner said. */
export const Verdict = z.looseObject({ risk: z.string(), reasons: z.array(z.looseObject({ rule: z.string(), why: z.string() })) });
export type Verdict = z.infer<typeof Verdict>;

const Parameter = z.looseObject({ name: z.string(), type: z.string(), description: z.string().optional(), pattern: z.string().optional(), enum: z.array(z.string()).optional(), default: z.unknown(), from: z.string().optional() });
type Parameter = z.infer<typeof Parameter>;

/** A runbook as `dd0c runbooks show` uses it. */
export const Runbook = z.looseObject({
  name: z.string(),
  version: z.string(),
  title: z.string(),
  trust: z.string(),
  document: z.string(),
  importedBy: z.string(),
  importedAt: z.string(),
  model: z.looseObject({ description: z.string(), parameters: z.array(Parameter), steps: z.array(Step) }),
  verdicts: z.array(z.looseObject({ risk: z.string(), parts: z.looseObject({ run: Verdict.optional(), probe: Verdict.optional(), rollback: Verdict.optional() }) })),
});
export type Runbook = z.infer<typeof Runbook>;

/** A runbook for people: each step with its words, its risk and why. */
export function renderRunbook(runbook: Runbook, terminal: Terminal): string {
  const { paint, now } = terminal;
  const head = renderRecord(
    runbook.title,
    [
      ['name', runbook.name],
      ['version', runbook.version],
      ['trust', runbook.trust],
      ['imported', `${relativeTime(runbook.importedAt, now())} by ${runbook.importedBy}`],
      ['about', runbook.model.description === '' ? null : runbook.model.description.trim()],
    ],
    paint,
  );
  const parameters = runbook.model.parameters.map((parameter) => `  ${paint('bold', printable(parameter.name))}  ${printable(tellParameter(parameter))}\n`).join('');
  const steps = runbook.model.steps.map((step, index) => renderStep(step, runbook.verdicts[index], terminal)).join('');
  return `${head}${parameters === '' ? '' : `\n${paint('dim', 'parameters')}\n${parameters}`}\n${paint('dim', 'steps')}\n${steps}`;
}

/** A verdict in one line, or in as many as it has reasons. */
export function renderVerdict({ risk, reasons }: Verdict, { paint }: Terminal, indent: string): string {
  const why = reasons.map((reason) => `${indent}  ${printable(reason.why)} ${paint('dim', `[${printable(reason.rule)}]`)}\n`).join('');
  return `${indent}${paint(riskColour(risk) ?? 'bold', risk)}\n${why}`;
}

/** A command with its lines, each under the other. */
export function renderCommand(text: string, indent: string): string {
  return `${printableLines(text).trimEnd().split('\n').map((line) => `${indent}${line}`).join('\n')}\n`;
}

function renderStep(step: Step, verdict: Runbook['verdicts'][number] | undefined, terminal: Terminal): string {
  const parts = stepParts.map((part) => {
    const run = partOf(step, part);
    const told = verdict?.parts[part];
    if (run === null) return '';
    const name = part === 'run' ? '' : `    ${terminal.paint('dim', part)}\n`;
    return `${name}${renderCommand(commandText(run, step.env), '    ')}${told === undefined ? '' : renderVerdict(told, terminal, '      ')}`;
  });
  return `  ${terminal.paint('bold', printable(step.id))}  ${printable(step.title)}\n${parts.join('')}`;
}

function tellParameter({ type, description, pattern, enum: values, default: usual, from }: Parameter): string {
  const told = [type, description, values && `one of ${values.join(', ')}`, pattern && `matching ${pattern}`, usual === undefined ? null : `default ${JSON.stringify(usual)}`, from && `from ${from}`];
  return told.filter((part) => typeof part === 'string' && part !== '').join('; ');
}
