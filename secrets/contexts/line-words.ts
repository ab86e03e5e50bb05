/** Finds the next line that begins with a word; each line of a text is looked at once, however many words are sought. */
export type FindLineWord = (word: string, from: number, to: number) => number | null;

/** Nothing is looked at before something is sought. */
export function createLineWords(text: string): FindLineWord {
  const starts = new Map<string, number[]>();
  const lines = /\n[ \t]*(?<word>[A-Za-z_]\w*)/g;
  let readUpTo = 0;
  return find;

  /** Where the break stands before the first such line whose break lies from `from` and before `to`. */
  function find(word: string, from: number, to: number): number | null {
    if (readUpTo < from && starts.size === 0) readUpTo = from;
    read(to);
    const breaks = starts.get(word) ?? [];
    let low = 0;
    for (let high = breaks.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((breaks[middle] ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    const found = breaks[low];
    return found === undefined || found >= to ? null : found;
  }

  function read(to: number): void {
    while (readUpTo < to) {
      lines.lastIndex = readUpTo;
      const match = lines.exec(text);
      readUpTo = match === null ? Infinity : lines.lastIndex;
      const word = match?.groups?.['word'] ?? '';
      const known = starts.get(word);
      if (match !== null && known !== undefined) known.push(match.index);
      else if (match !== null) starts.set(word, [match.index]);
    }
  }
}
