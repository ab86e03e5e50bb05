import { asFault, type Fault } from '#proto/domain/fault.ts';
import { faults } from '#proto/domain/faults.ts';
import type { Paint } from './terminal/paint.ts';
import { printable } from './terminal/printable.ts';

/** Two lines for people: what went wrong, and what to do about it. */
export function explain(error: unknown, paint: Paint): string {
  const fault = asFault(error);
  return `${paint('red', 'error:')} ${printable(reasonOf(fault))} ${paint('dim', `[${fault.code}]`)}\n${paint('cyan', 'next:')} ${printable(fault.next)}\n`;
}

/** The message without its code, and the facts behind it. */
function reasonOf({ code, facts }: Fault): string {
  const told = Object.entries(facts).filter(([, value]) => value !== undefined && value !== null);
  const list = told.map(([key, value]) => `${key}: ${String(value)}`).join(', ');
  return list === '' ? faults[code].message : `${faults[code].message} (${list})`;
}
