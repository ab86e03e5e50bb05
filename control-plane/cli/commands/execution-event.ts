import type { ServerEvent } from '../event-source.ts';
import { standingColour } from '../terminal/paint.ts';
import { printable, printableLines } from '../terminal/printable.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What happened in one line, and output as it was written, with nothing in it that steers a terminal. */
export function renderEvent({ event, data }: ServerEvent, { paint }: Terminal): string {
  const told = (name: string): string => (typeof data[name] === 'string' || typeof data[name] === 'number' ? String(data[name]) : '');
  if (event === 'output') return told('stream') === 'stderr' ? paint('yellow', printableLines(told('text'))) : printableLines(told('text'));
  const stands = told('how') || told('state') || told('standing');
  const why = told('why') === '' ? '' : `: ${told('why')}`;
  const name = event === 'ended' ? 'the execution' : printable(told('step'));
  return `${paint('dim', told('at'))} ${paint('bold', name)} ${paint(standingColour(stands) ?? 'dim', stands)}${printable(why)}\n`;
}
