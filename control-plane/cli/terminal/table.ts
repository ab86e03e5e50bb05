import type { Colour, Paint } from './paint.ts';
import { printable } from './printable.ts';

/** One column of a table of `Row`s. */
export interface Column<Row> {
  readonly title: string;
  value(row: Row): string;
  colour?(row: Row): Colour | null;
  /** True for the column that gives way where the terminal is too narrow; ids never do. */
  readonly shrinks?: true;
}

/** Below this a shrinking column says nothing any more. */
const narrowest = 12;

const gap = '  ';

/** Aligned columns under their titles, no line wider than `width` where shrinking columns can give enough. */
export function renderTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { width, paint }: { readonly width: number; readonly paint: Paint },
): string {
  const cells = rows.map((row) => columns.map((column) => printable(column.value(row))));
  const natural = columns.map((column, index) => Math.max(column.title.length, ...cells.map((line) => columnsOf(line[index] ?? ''))));
  const widths = shrink(natural, columns, width);

  const head = columns.map((column, index) => pad(column.title, widths[index] ?? 0)).join(gap).trimEnd();
  const body = cells.map((line, at) => {
    const row = rows[at];
    return line
      .map((text, index) => {
        const last = index === columns.length - 1;
        const fitted = fit(text, widths[index] ?? 0);
        const colour = row === undefined ? null : (columns[index]?.colour?.(row) ?? null);
        const painted = colour === null ? fitted : paint(colour, fitted);
        return last ? painted : painted + ' '.repeat(Math.max(0, (widths[index] ?? 0) - columnsOf(fitted)));
      })
      .join(gap);
  });
  return `${[paint('dim', head), ...body].join('\n')}\n`;
}

function shrink<Row>(natural: readonly number[], columns: readonly Column<Row>[], width: number): readonly number[] {
  const widths = [...natural];
  const total = (): number => widths.reduce((sum, one) => sum + one, 0) + gap.length * (columns.length - 1);
  while (total() > width) {
    const widest = columns.reduce(
      (best, column, index) => (column.shrinks && (widths[index] ?? 0) > Math.max(narrowest, widths[best] ?? 0) ? index : best),
      -1,
    );
    if (widest === -1) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** Cuts in the middle: addresses and paths differ at their ends. */
function fit(text: string, width: number): string {
  const characters = graphemes(text);
  if (characters.length <= width) return text;
  const head = Math.floor((width - 1) / 2);
  const tail = width - 1 - head;
  return `${characters.slice(0, head).join('')}…${tail === 0 ? '' : characters.slice(-tail).join('')}`;
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

/** What a reader sees as characters, which is right for all but the wide ones of East Asia. */
function columnsOf(text: string): number {
  return graphemes(text).length;
}

const segmenter = new Intl.Segmenter('en');

function graphemes(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
