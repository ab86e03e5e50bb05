/** More words than a person would write with braces. */
const maxWords = 128;

/**
 * The alternatives of `{a,b}` or `{1..3}` as source text, without braces of deeper levels taken apart; undefined where
 * there would be too many.
 */
export function alternativesOf(text: string): readonly string[] | undefined {
  const inner = text.slice(1, -1);
  return rangeOf(inner) ?? split(inner);
}

function rangeOf(inner: string): readonly string[] | undefined {
  const numbers = /^(-?\d{1,9})\.\.(-?\d{1,9})(?:\.\.(-?\d{1,9}))?$/.exec(inner);
  if (numbers) return count(Number(numbers[1]), Number(numbers[2]), Number(numbers[3] ?? 1)).map(String);
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d{1,9}))?$/.exec(inner);
  if (letters?.[1] === undefined || letters[2] === undefined) return undefined;
  return count(letters[1].charCodeAt(0), letters[2].charCodeAt(0), Number(letters[3] ?? 1)).map((code) => `\\${String.fromCharCode(code)}`);
}

function count(from: number, to: number, by: number): readonly number[] {
  const step = Math.max(1, Math.abs(by)) * (from <= to ? 1 : -1);
  const length = Math.min(maxWords + 1, Math.floor((to - from) / step) + 1);
  return Array.from({ length }, (_, index) => from + index * step);
}

function split(inner: string): readonly string[] | undefined {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  let quote = '';
  for (let index = 0; index < inner.length; index += 1) {
    const sign = inner[index];
    if (sign === '\\' && quote !== "'") index += 1;
    else if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === "'" || sign === '"') quote = sign;
    else if (sign === '{' || sign === '(') depth += 1;
    else if (sign === '}' || sign === ')') depth -= 1;
    else if (sign === ',' && depth === 0) {
      found.push(inner.slice(start, index));
      start = index + 1;
    }
  }
  found.push(inner.slice(start));
  return found.length > maxWords ? undefined : found;
}
