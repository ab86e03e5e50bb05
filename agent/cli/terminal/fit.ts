const segmenter = new Intl.Segmenter('en');

/** What a reader sees as characters, which is right for all but the wide ones of East Asia. */
export function columnsOf(text: string): number {
  return isPlain(text) ? text.length : graphemes(text).length;
}

export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

/** Cuts in the middle where it does not fit: addresses and paths differ at their ends. */
export function elide(text: string, width: number): string {
  const characters = graphemes(text);
  if (characters.length <= width) return text;
  const head = Math.ceil((width - 1) / 2);
  const tail = Math.max(0, width - 1 - head);
  return `${characters.slice(0, head).join('')}…${tail === 0 ? '' : characters.slice(-tail).join('')}`;
}

/** Breaks at spaces, and inside a word only where it is wider than a line. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (columnsOf(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = cut(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

function cut(word: string, width: number): readonly string[] {
  const characters = graphemes(word);
  const size = Math.max(1, width);
  return Array.from({ length: Math.max(1, Math.ceil(characters.length / size)) }, (_, at) => characters.slice(at * size, (at + 1) * size).join(''));
}

function graphemes(text: string): readonly string[] {
  return isPlain(text) ? text.split('') : Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
