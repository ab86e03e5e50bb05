import type { Risk, RiskVerdict } from '#proto/domain/risk.ts';
import type { Colour, Paint } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';

const colours: Readonly<Record<Risk, Colour>> = { read_only: 'green', caution: 'yellow', dangerous: 'red', forbidden: 'magenta' };

const words: Readonly<Record<Risk, string>> = {
  read_only: 'changes nothing and shows no secret',
  caution: 'a bounded change, or a secret that is shown',
  dangerous: 'a person has to decide',
  forbidden: 'never runs as a step',
};

/** More of a line than this around the marked part helps nobody. */
const context = 60;

/** A verdict for people: the risk, then every reason under the part of the command that it speaks of. */
export function formatVerdict(command: string, { risk, reasons }: RiskVerdict, paint: Paint): string {
  const lines = [`${paint(colours[risk], risk)}  ${words[risk]}`];
  for (const { rule, why, span } of reasons) {
    lines.push('', ...excerpt(command, span, (text) => paint(colours[risk], text)), `  ${why} ${paint('dim', `[${rule}]`)}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The part and a little around it on one line, with marks underneath. */
function excerpt(command: string, [start, end]: readonly [number, number], paint: (text: string) => string): readonly string[] {
  const lineStart = Math.max(command.lastIndexOf('\n', start - 1) + 1, start - context, 0);
  const lineEnd = command.indexOf('\n', start);
  const stop = Math.min(lineEnd === -1 ? command.length : lineEnd, Math.max(end, start) + context);
  const last = Math.max(start, Math.min(end, stop, start + 2 * context));
  const before = shown(command.slice(lineStart, start));
  const part = shown(command.slice(start, last));
  const after = shown(command.slice(last, Math.min(stop, last + context)));
  return [`  ${before}${part}${after}`, `  ${' '.repeat(before.length)}${paint('~'.repeat(Math.max(1, part.length)))}`];
}

function shown(text: string): string {
  return printable(text.replaceAll('\t', ' ')).replaceAll(/\p{Zs}/gu, (space) => (space === ' ' ? ' ' : `\\u{${(space.codePointAt(0) ?? 0).toString(16)}}`));
}
