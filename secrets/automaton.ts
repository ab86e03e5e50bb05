/** Told of each keyword that ends at `end` (exclusive); overlapping keywords are all told. */
export type OnKeyword = (keyword: number, end: number) => void;

/** A table that finds all keywords in one pass. ASCII letters match in either case. */
export interface Automaton {
  scan(text: string, onKeyword: OnKeyword): void;
}

/** Texts are copied into bytes in pieces of this size; positions stay UTF-16 units, since each unit becomes one byte. */
const pieceLength = 65_536;

/**
 * Aho and Corasick's automaton (https://doi.org/10.1145/360825.360855) with every transition filled in: one table look-up a
 * character. Rows are padded to a power of two, and states hold their row's offset, so that a step is an addition. A unit
 * beyond Latin-1 is cut to its low byte, so a keyword may be told where none is; whoever is told looks again.
 */
export function createAutomaton(keywords: readonly string[]): Automaton {
  const { classes, width } = classify(keywords);
  const { goto, outputs, size } = grow(keywords, classes, width);
  const table = fill(goto, outputs, size, width);
  const bytes = Buffer.alloc(pieceLength);
  return { scan };

  function scan(text: string, onKeyword: OnKeyword): void {
    let state = 0;
    for (let from = 0; from < text.length; from += pieceLength) {
      const piece = from === 0 && text.length <= pieceLength ? text : text.slice(from, from + pieceLength);
      const length = bytes.write(piece, 'latin1');
      let at = 0;
      while (at < length) {
        let next = 0;
        // Rows that end a keyword are marked by the sign, so that the common step needs no second look-up.
        do {
          next = table[state + (classes[bytes[at] ?? 0] ?? 0)] ?? 0;
          at += 1;
          state = next;
        } while (next >= 0 && at < length);
        if (next >= 0) break;
        state = ~next;
        for (const keyword of outputs[state / width] ?? []) onKeyword(keyword, from + at);
      }
    }
  }
}

function classify(keywords: readonly string[]): { classes: Uint8Array; width: number } {
  const classes = new Uint8Array(256);
  let used = 1;
  for (const character of new Set(keywords.join('').toLowerCase())) {
    const code = character.charCodeAt(0);
    if (code >= 128) throw new RangeError('a keyword must be ASCII');
    classes[code] = used;
    const upper = character.toUpperCase().charCodeAt(0);
    classes[upper] = used;
    used += 1;
  }
  return { classes, width: 2 ** Math.ceil(Math.log2(used)) };
}

function grow(keywords: readonly string[], classes: Uint8Array, width: number): { goto: Int32Array; outputs: number[][]; size: number } {
  const most = keywords.reduce((sum, keyword) => sum + keyword.length, 1);
  const goto = new Int32Array(most * width).fill(-1);
  const outputs: number[][] = [[]];
  let size = 1;
  keywords.forEach((keyword, index) => {
    let state = 0;
    for (const character of keyword.toLowerCase()) {
      const edge = state * width + (classes[character.charCodeAt(0)] ?? 0);
      if ((goto[edge] ?? -1) < 0) {
        goto[edge] = size;
        outputs.push([]);
        size += 1;
      }
      state = goto[edge] ?? 0;
    }
    outputs[state]?.push(index);
  });
  return { goto, outputs, size };
}

function fill(goto: Int32Array, outputs: number[][], size: number, width: number): Int32Array {
  const fail = new Int32Array(size);
  const queue: number[] = [];
  for (let edge = 0; edge < width; edge += 1) {
    const child = goto[edge] ?? -1;
    if (child > 0) queue.push(child);
    else goto[edge] = 0;
  }
  for (let head = 0; head < queue.length; head += 1) {
    const state = queue[head] ?? 0;
    const back = fail[state] ?? 0;
    outputs[state]?.push(...(outputs[back] ?? []));
    for (let edge = 0; edge < width; edge += 1) {
      const child = goto[state * width + edge] ?? -1;
      const other = goto[back * width + edge] ?? 0;
      if (child < 0) goto[state * width + edge] = other;
      else {
        fail[child] = other;
        queue.push(child);
      }
    }
  }
  const table = new Int32Array(size * width);
  for (let edge = 0; edge < table.length; edge += 1) {
    const state = goto[edge] ?? 0;
    table[edge] = (outputs[state]?.length ?? 0) > 0 ? ~(state * width) : state * width;
  }
  return table;
}
