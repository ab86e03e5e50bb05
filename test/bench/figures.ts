/** The middle one; NaN where there is none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export function whole(value = Number.NaN): string {
  return value.toFixed(0);
}

export function ratio(value = Number.NaN, to = Number.NaN): string {
  return (value / to).toFixed(2);
}

/** One row of a table, in columns of one width. */
export function printRow(cells: readonly string[]): void {
  process.stdout.write(`${cells.map((cell) => cell.padStart(22)).join('')}\n`);
}

/** The middle and the tail, in whole milliseconds. */
export function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): string => whole(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]).padStart(4);
  return `p50 ${at(0.5)}   p95 ${at(0.95)}   p99 ${at(0.99)}   max ${at(1)}`;
}
