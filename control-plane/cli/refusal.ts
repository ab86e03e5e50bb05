import { z } from 'zod';
import { type Fault, asFault } from '#proto/domain/fault.ts';
import { faults } from '#proto/domain/faults.ts';
import type { Paint } from './terminal/paint.ts';
import { printable } from './terminal/printable.ts';

const Problem = z.looseObject({ title: z.string(), detail: z.string(), code: z.string(), next: z.string() });
type Problem = z.infer<typeof Problem>;

/** The server said no, in a problem document. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problem: Problem;

  /** @throws ZodError where the document is not a problem of a dd0c server. */
  constructor(document: unknown) {
    const problem = Problem.parse(document);
    super(problem.detail);
    this.problem = problem;
  }
}

/** What went wrong as a problem document, whether the server or this program says so. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) return error.problem;
  const fault: Fault = asFault(error);
  const { message, next } = faults[fault.code];
  return { type: `urn:dd0c:fault:${fault.code}`, title: message, detail: detailOf(fault, message), code: fault.code, next };
}

/** Two lines for people: the cause, and what to do. */
export function explain({ detail, code, next }: Problem, paint: Paint): string {
  return `${paint('red', 'error')} ${printable(detail)} ${paint('dim', `[${printable(code)}]`)}\n${paint('dim', '  try')} ${printable(next)}\n`;
}

function detailOf({ facts }: Fault, message: string): string {
  const told = Object.entries(facts).filter(([, value]) => value !== undefined);
  return [message, told.map(([key, value]) => `${key}: ${String(value)}`).join('; ')].filter((part) => part !== '').join(' ');
}
