import { printable } from '../terminal/printable.ts';

/** Beyond so many lines on both sides the whole is told as replaced: the table would be too large. */
const maxLines = 2_000;
/** Lines told around a change. */
const context = 2;

/** What differs between two texts, line by line: `-` gone, `+` new, a blank before what is around it. */
export function lineDifferences(before: string, after: string): readonly string[] {
  const [old, young] = [before.split('\n'), after.split('\n')];
  const all = old.length > maxLines || young.length > maxLines ? [...old.map((line) => `- ${line}`), ...young.map((line) => `+ ${line}`)] : walk(old, young);
  const near = all.map((_, index) => all.slice(Math.max(0, index - context), index + context + 1).some((line) => !line.startsWith(' ')));
  return all.filter((_, index) => near[index]).map((line) => `${line.slice(0, 2)}${printable(line.slice(2))}`);
}

/** By the longest common subsequence. */
function walk(old: readonly string[], young: readonly string[]): readonly string[] {
  const width = young.length + 1;
  const longest = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = young.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] = old[i] === young[j] ? (longest[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(longest[(i + 1) * width + j] ?? 0, longest[i * width + j + 1] ?? 0);
    }
  }
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < young.length) {
    const isSame = i < old.length && j < young.length && old[i] === young[j];
    const isGone = !isSame && (j >= young.length || (i < old.length && (longest[(i + 1) * width + j] ?? 0) >= (longest[i * width + j + 1] ?? 0)));
    lines.push(isSame ? `  ${old[i]}` : isGone ? `- ${old[i]}` : `+ ${young[j]}`);
    if (isSame || isGone) i += 1;
    if (!isGone) j += 1;
  }
  return lines;
}
