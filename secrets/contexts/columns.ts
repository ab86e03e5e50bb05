import type { NameVerdict } from '../names.ts';
import type { ReadValue } from './value-reader.ts';

/** So many rows of a table are read below one header. */
const maxRows = 2_000;
const maxLineLength = 4_096;

const marks = [',', ';', '\t', '|'] as const;

/** What a cell of a header may look like; a line of code does not. */
const title = /^ {0,40}["'*]{0,2}[A-Za-z][\w .#/-]{0,60}(?: \([\w ]{1,30}\))?["'*]{0,2} {0,40}$/;

/** The cells below a header that says secret: CSV, tables of Markdown, answers of database clients. */
export function cellsBelow(text: string, nameStart: number, nameEnd: number, judge: (name: string) => NameVerdict): readonly ReadValue[] {
  const behind = /[^\n]{0,2048}\n/y;
  behind.lastIndex = nameEnd;
  const next = behind.exec(text);
  if (next === null || !/[|,;\t]/.test(text[nameEnd] ?? '') && !/[|,;\t]["' *]{0,40}$/.test(text.slice(Math.max(0, nameStart - 41), nameStart)) && !/^["'* \w()]{0,60}[|,;\t]/.test(next[0])) return [];
  const lineEnd = nameEnd + next[0].length - 1;
  const above = text.slice(Math.max(0, nameStart - maxLineLength), nameStart);
  const lineStart = nameStart - above.length + above.lastIndexOf('\n') + 1;
  if (lineEnd - lineStart > maxLineLength || (above.length === maxLineLength && !above.includes('\n'))) return [];
  const header = text.slice(lineStart, lineEnd);
  const mark = marks.find((candidate) => header.includes(candidate));
  if (mark === undefined || !isHeader(header, mark, text.slice(lineEnd + 1, endOfLine(text, lineEnd + 1)))) return [];
  const cells = split(text, lineStart, lineEnd, mark);
  const column = cells.findIndex(({ start, end }) => start <= nameStart && nameEnd <= end);
  const own = cells[column];
  if (own === undefined || judge(text.slice(own.start, own.end).replace(/[^A-Za-z0-9]+/g, ' ').trim()) !== 'secret') return [];
  if (!cells.every(({ start, end }) => start === end || title.test(text.slice(start, end)) || text.slice(start, end).trim() === '')) return [];
  return below(text, lineEnd + 1, { mark, column, count: cells.length });
}

/** Lists of names in code end in a mark, or have blanks behind it; a drawn table has a rule below its header. */
function isHeader(header: string, mark: string, next: string): boolean {
  if (mark === '|') return /^[\s|:+=-]{3,}$/.test(next);
  return !/^\s/.test(header) && (mark === '\t' || !new RegExp(`${mark}(?:\\s|$)`).test(header));
}

function below(text: string, from: number, { mark, column, count }: { mark: string; column: number; count: number }): readonly ReadValue[] {
  const values: ReadValue[] = [];
  let start = from;
  for (let row = 0; row < maxRows && start < text.length; row += 1) {
    const end = endOfLine(text, start);
    if (end - start > maxLineLength) break;
    const isRule = /^[\s|:+=-]+$/.test(text.slice(start, end));
    const cells = isRule ? [] : split(text, start, end, mark);
    if (!isRule && cells.length !== count) break;
    const cell = cells[column];
    if (cell !== undefined) values.push(...bare(text, cell.start, cell.end));
    start = end + 1;
  }
  return values;
}

/** The value of a cell without blanks and quotes, where it looks like no plain word. */
function bare(text: string, from: number, to: number): readonly ReadValue[] {
  let start = from;
  let end = to;
  while (start < end && /[\s"'`]/.test(text[start] ?? '')) start += 1;
  while (end > start && /[\s"'`]/.test(text[end - 1] ?? '')) end -= 1;
  return /[^A-Za-z .]/.test(text.slice(start, end)) ? [{ start, end, isQuoted: true }] : [];
}

/** Cells between marks; a mark inside double quotes does not part. */
function split(text: string, from: number, to: number, mark: string): readonly { readonly start: number; readonly end: number }[] {
  const cells: { start: number; end: number }[] = [];
  let start = from;
  let isQuoted = false;
  for (let at = from; at < to; at += 1) {
    if (text[at] === '"') isQuoted = !isQuoted;
    if (text[at] !== mark || isQuoted) continue;
    cells.push({ start, end: at });
    start = at + 1;
  }
  const end = text[to - 1] === '\r' ? to - 1 : to;
  return [...cells, { start, end: Math.max(start, end) }];
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
