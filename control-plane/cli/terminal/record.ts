import type { Paint } from './paint.ts';
import { printable } from './printable.ts';

/** A title and named lines under it; what is null is left out. */
export function renderRecord(title: string, lines: readonly (readonly [string, string | null])[], paint: Paint): string {
  const told = lines.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  const width = Math.max(0, ...told.map(([name]) => name.length));
  const body = told.map(([name, value]) => `  ${paint('dim', name.padEnd(width))}  ${printable(value)}\n`);
  return `${paint('bold', printable(title))}\n${body.join('')}`;
}
