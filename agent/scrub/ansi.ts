/** A text without terminal escapes, with the way back to where each character stands. */
export interface PlainText {
  readonly text: string;
  /** From an offset in `text` to one in the original; the end of one character is the beginning of the next. */
  start(offset: number): number;
  /** As `start`, but right behind the character before the offset. */
  end(offset: number): number;
}

/** ECMA-48: control sequences, operating system commands, and two-character escapes. */
// oxlint-disable-next-line no-control-regex -- these are what is sought
const escape = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]{0,2048}(?:\u0007|\u001b\\)|[PX^_][^\u001b]{0,2048}\u001b\\|[ -/]?[0-~])|\u009b[0-?]*[ -/]*[@-~]|[\u200b\u200c\u2060\u00ad]/g;

/** The text without escapes; the same text where there are none. */
export function withoutEscapes(original: string): PlainText {
  if (!mayHaveEscapes(original)) return { text: original, start: (offset) => offset, end: (offset) => offset };
  let text = '';
  const cuts: { readonly at: number; readonly length: number }[] = [];
  let from = 0;
  for (const match of original.matchAll(escape)) {
    text += original.slice(from, match.index);
    cuts.push({ at: text.length, length: match[0].length });
    from = match.index + match[0].length;
  }
  text += original.slice(from);
  return { text, start: (offset) => offset + removed(offset, true), end: (offset) => offset + removed(offset, false) };

  function removed(offset: number, withCutsHere: boolean): number {
    let length = 0;
    for (const cut of cuts) {
      if (cut.at > offset || (cut.at === offset && !withCutsHere)) break;
      length += cut.length;
    }
    return length;
  }
}

/** The escapes that stand in a piece of text, so that colours end where they would have ended. */
export function escapesIn(text: string): string {
  return mayHaveEscapes(text) ? [...text.matchAll(escape)].map((match) => match[0]).join('') : '';
}

function mayHaveEscapes(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- these are what is sought
  return /[\u001b\u009b\u200b\u200c\u2060\u00ad]/.test(text);
}
