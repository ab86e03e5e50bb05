import type { NameVerdict } from '../names.ts';
import type { ReadValue } from './value-reader.ts';

/** So many rows of a table are read below one header. */
const maxRows = 2_000;
const maxLineLength = 4_096;

/** So far behind a name its line must end. */
const maxBehind = 2_048;

const marks = [',', ';', '\t', '|'] as const;

/** What a cell of a header may look like; a line of code does not. */
const title = /^ {0,40}["'*]{0,2}[A-Za-z][\w .#/-]{0,60}(?: \([\w ]{1,30}\))?["'*]{0,2} {0,40}$/;

export interface TableReader {
  /** The cells below the name at `[start, end)`, where it is a column of a header. */
  below(start: number, end: number): readonly ReadValue[];
}

interface Cell {
  readonly start: number;
  readonly end: number;
}

interface Table {
  readonly header: readonly Cell[];
  /** Where the last row ends. */
  readonly end: number;
  readonly rows: readonly (readonly Cell[])[];
}

/** The cells below headers that say secret: CSV, tables of Markdown, answers of database clients. Each line is read once, however many names it has. */
export function readTables(text: string, judge: (name: string) => NameVerdict): TableReader {
  let lineEnd = -1;
  let nextBreak = -1;
  let table: Table | null = null;
  return { below };

  function below(nameStart: number, nameEnd: number): readonly ReadValue[] {
    if (nameEnd > lineEnd) {
      if (table !== null && nameStart < table.end) return []; // a row heads nothing
      if (nextBreak < nameEnd) nextBreak = text.indexOf('\n', nameEnd);
      if (nextBreak < 0) nextBreak = text.length;
      const line = nextBreak - nameEnd > maxBehind || nextBreak === text.length ? null : lineAround(text, nameStart, nameEnd, nextBreak);
      if (line === null) return [];
      lineEnd = line.end;
      table = tableAt(text, line.start, line.end);
    }
    const column = table?.header.findIndex(({ start, end }) => start <= nameStart && nameEnd <= end) ?? -1;
    const own = table?.header[column];
    if (table === null || own === undefined || judge(text.slice(own.start, own.end).replace(/[^A-Za-z0-9]+/g, ' ').trim()) !== 'secret') return [];
    return table.rows.flatMap((cells) => {
      const cell = cells[column];
      return cell === undefined ? [] : bare(text, cell.start, cell.end);
    });
  }
}

/** The line of a name that may be a cell, where another follows it; null where none does, or it is too long. */
function lineAround(text: string, nameStart: number, nameEnd: number, end: number): Cell | null {
  const mayBeCell = /[|,;\t]/.test(text[nameEnd] ?? '') || /[|,;\t]["' *]{0,40}$/.test(text.slice(Math.max(0, nameStart - 41), nameStart)) || /^["'* \w()]{0,60}[|,;\t]/.test(text.slice(nameEnd, Math.min(end, nameEnd + 64)));
  if (!mayBeCell) return null;
  const above = text.slice(Math.max(0, nameStart - maxLineLength), nameStart);
  const start = nameStart - above.length + above.lastIndexOf('\n') + 1;
  return end - start > maxLineLength || (above.length === maxLineLength && !above.includes('\n')) ? null : { start, end };
}

function tableAt(text: string, lineStart: number, lineEnd: number): Table | null {
  const header = text.slice(lineStart, lineEnd);
  const mark = marks.find((candidate) => header.includes(candidate));
  if (mark === undefined || !isHeader(header, mark, text.slice(lineEnd + 1, endOfLine(text, lineEnd + 1)))) return null;
  const cells = split(text, lineStart, lineEnd, mark);
  if (!cells.every(({ start, end }) => start === end || title.test(text.slice(start, end)) || text.slice(start, end).trim() === '')) return null;
  const rows = rowsBelow(text, lineEnd + 1, mark, cells.length);
  return { header: cells, end: rows.at(-1)?.at(-1)?.end ?? lineEnd, rows };
}

/** Lists of names in code end in a mark, or have blanks behind it; a drawn table has a rule below its header. */
function isHeader(header: string, mark: string, next: string): boolean {
  if (mark === '|') return /^[\s|:+=-]{3,}$/.test(next);
  return !/^\s/.test(header) && (mark === '\t' || !new RegExp(`${mark}(?:\\s|$)`).test(header));
}

function rowsBelow(text: string, from: number, mark: string, count: number): readonly (readonly Cell[])[] {
  const rows: (readonly Cell[])[] = [];
  let start = from;
  for (let row = 0; row < maxRows && start < text.length; row += 1) {
    const end = endOfLine(text, start);
    if (end - start > maxLineLength) break;
    const isRule = /^[\s|:+=-]+$/.test(text.slice(start, end));
    const cells = isRule ? [] : split(text, start, end, mark);
    if (!isRule && cells.length !== count) break;
    if (!isRule) rows.push(cells);
    start = end + 1;
  }
  return rows;
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
function split(text: string, from: number, to: number, mark: string): readonly Cell[] {
  const cells: Cell[] = [];
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
