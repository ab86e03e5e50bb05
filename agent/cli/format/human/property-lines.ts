import type { PropertyDifference } from '#proto/domain/finding.ts';
import { isList, isObject, type Json } from '#proto/domain/json.ts';
import { columnsOf, elide, pad, wrap } from '../../terminal/fit.ts';
import type { Colour, Paint } from '../../terminal/paint.ts';
import { printable } from '../../terminal/printable.ts';
import { type DiffLine, lineDiff } from './line-diff.ts';
import { inline, isLarge, lines } from './value-text.ts';

export interface Room {
  readonly width: number;
  readonly paint: Paint;
}

const signs = { add: '+', remove: '-', update: '~' } as const;
const colours: Readonly<Record<string, Colour>> = { '+': 'green', '-': 'red', '~': 'yellow', '…': 'dim', ' ': 'dim' };

/** A path is told whole, on several lines where need be, since people write rules by it; one that is longer than this nobody wrote. */
const widestPath = 240;

/** More lines of one value than this are counted, not shown. */
const maxLinesTold = 24;

/** Properties before → after: short ones in aligned columns, large ones below their path as a small line diff. */
export function propertyLines(properties: readonly PropertyDifference[], room: Room): readonly string[] {
  const pathWidth = Math.min(Math.floor(room.width * 0.45), Math.max(0, ...properties.map(({ path }) => columnsOf(printable(path)))));
  const short = properties.filter((property) => isShort(property, pathWidth, room.width));
  const beforeWidth = Math.max(0, ...short.filter(({ change }) => change === 'update').map(({ before }) => columnsOf(inline(before))));
  return properties.flatMap((property) => [
    ...(isAligned(property) ? [alignedLine(property)] : largeLines(property, room)),
    ...attributionLine(property, room),
  ]);

  function isAligned(property: PropertyDifference): boolean {
    const shown = property.change === 'update' ? beforeWidth + 3 + columnsOf(inline(property.after)) : 0;
    return short.includes(property) && pathWidth + 4 + shown <= room.width;
  }

  function alignedLine({ path, change, before, after }: PropertyDifference): string {
    const sign = signs[change];
    const head = `${room.paint(colours[sign] ?? 'dim', sign)} ${pad(printable(path), pathWidth)}  `;
    if (change === 'add') return head + value(after, 'green', room);
    if (change === 'remove') return head + value(before, 'red', room);
    return `${head}${value(before, 'red', room)}${' '.repeat(Math.max(0, beforeWidth - columnsOf(inline(before))))} → ${value(after, 'green', room)}`;
  }
}

function isShort({ path, change, before, after }: PropertyDifference, pathWidth: number, width: number): boolean {
  const room = width - pathWidth - 4;
  const values = change === 'update' ? [before, after] : [change === 'add' ? after : before];
  const taken = values.reduce((sum: number, one) => sum + columnsOf(inline(one)), (values.length - 1) * 3);
  return columnsOf(printable(path)) <= pathWidth && taken <= room && !values.some((one) => isLarge(one, room));
}

function largeLines({ path, change, before, after }: PropertyDifference, { width, paint }: Room): readonly string[] {
  const sign = signs[change];
  const room = width - 4;
  const head = wrap(elide(printable(path), widestPath), width - 2).map((line, index) => `${index === 0 ? paint(colours[sign] ?? 'dim', sign) : ' '} ${line}`);
  const whole = change === 'add' ? after : before;
  const listed = change === 'update' ? null : memberLines(whole, { width: room, paint: (_, text) => paint(colours[sign] ?? 'dim', text) });
  if (listed !== null) return [...head, ...listed.map((line) => `    ${line}`)];
  const [was, is] = [change === 'add' ? [] : lines(before, room), change === 'remove' ? [] : lines(after, room)];
  const isOneLine = was.length === 1 && is.length === 1;
  const told: readonly DiffLine[] = isOneLine ? nearDifference(was[0] ?? '', is[0] ?? '', room) : lineDiff(was, is, 1);
  const rest = told.length - maxLinesTold;
  return [
    ...head,
    ...told.slice(0, maxLinesTold).map((line) => `  ${paint(colours[line.sign] ?? 'dim', `${line.sign} ${elide(line.text, room)}`.trimEnd())}`),
    ...(rest > 0 ? [paint('dim', `  … ${rest} more lines; --format json has them all`)] : []),
  ];
}

/** The members of an object that is there on one side only, or null where one of them needs more than a line. */
function memberLines(from: Json, { width, paint }: Room): readonly string[] | null {
  if (!isObject(from)) return null;
  const members = Object.entries(from).filter(([, one]) => !isEmpty(one)).sort(([a], [b]) => (a < b ? -1 : 1));
  const nameWidth = Math.max(0, ...members.map(([name]) => columnsOf(printable(name))));
  if (members.length === 0 || members.some(([, one]) => isLarge(one, width - nameWidth - 2))) return null;
  const empty = Object.keys(from).length - members.length;
  return [
    ...members.map(([name, one]) => `${pad(printable(name), nameWidth)}  ${paint('dim', inline(one))}`),
    ...(empty > 0 ? [`and ${empty} that ${empty === 1 ? 'is' : 'are'} empty or off`] : []),
  ];
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || value === false || (isList(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);
}

/** Two long lines, cut so that the place where they begin to differ can be seen. */
function nearDifference(before: string, after: string, width: number): readonly DiffLine[] {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  const from = Math.max(0, start - Math.floor(width / 4));
  const cut = (text: string): string => (text.length <= width ? text : `${from > 0 ? '…' : ''}${elideEnd(text.slice(from), width - 1)}`);
  return [{ sign: '-', text: cut(before) }, { sign: '+', text: cut(after) }];
}

function elideEnd(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

function attributionLine({ attribution }: PropertyDifference, { width, paint }: Room): readonly string[] {
  if (attribution === null) return [];
  const told = [attribution.who, attribution.how, attribution.when].filter((part) => part !== null).map(printable).join(', ');
  return wrap(`by ${told}`, width - 2).map((line) => paint('cyan', `  ${line}`));
}

function value(from: Json, colour: Colour, { paint }: Room): string {
  const text = inline(from);
  return paint(text.startsWith('«secret:') ? 'magenta' : colour, text);
}
