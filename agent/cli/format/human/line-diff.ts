/** A line of a comparison: on both sides, only before, only after, or a mark for lines left out. */
export interface DiffLine {
  readonly sign: ' ' | '-' | '+' | '…';
  readonly text: string;
}

/** Beyond this many lines on a side only the heads are compared; the cost grows with the product. */
const maxLines = 400;

/** Both texts line by line, by their longest common subsequence, with `context` common lines around each change. */
export function lineDiff(before: readonly string[], after: readonly string[], context: number): readonly DiffLine[] {
  const all = merged(before.slice(0, maxLines), after.slice(0, maxLines));
  const isNear = all.map((_, at) => all.slice(Math.max(0, at - context), at + context + 1).some(({ sign }) => sign !== ' '));
  const told: DiffLine[] = [];
  for (const [at, line] of all.entries()) {
    if (isNear[at] === true) told.push(line);
    else if (told.at(-1)?.sign !== '…') told.push({ sign: '…', text: '' });
  }
  const isCut = before.length > maxLines || after.length > maxLines;
  return isCut && told.at(-1)?.sign !== '…' ? [...told, { sign: '…', text: '' }] : told;
}

function merged(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const common = commonLengths(before, after);
  const told: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [one, other] = [before[i], after[j]];
    if (one !== undefined && one === other) {
      told.push({ sign: ' ', text: one });
      i += 1;
      j += 1;
    } else if (one !== undefined && (other === undefined || (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))) {
      told.push({ sign: '-', text: one });
      i += 1;
    } else {
      told.push({ sign: '+', text: other ?? '' });
      j += 1;
    }
  }
  return told;
}

/** `result[i][j]`: how many lines the tails from i and j have in common. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly (readonly number[])[] {
  const rows: number[][] = Array.from({ length: before.length + 1 }, () => Array.from({ length: after.length + 1 }, () => 0));
  for (let i = before.length - 1; i >= 0; i--) {
    const [row, below] = [rows[i] ?? [], rows[i + 1] ?? []];
    for (let j = after.length - 1; j >= 0; j--) {
      row[j] = before[i] === after[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
}
