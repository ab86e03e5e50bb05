import type { Readable } from 'node:stream';

/** A line, or null where it is longer than may be held; numbers begin at 1. */
export interface InputLine {
  readonly number: number;
  readonly text: string | null;
}

const lineFeed = 10;

/**
 * The lines of a stream in constant memory. Only line feeds part them: JSON may hold the other marks that Unicode calls
 * line ends. A line above `maxBytes` is passed over and told as null.
 */
export async function* readLines(input: Readable, maxBytes: number): AsyncGenerator<InputLine> {
  let parts: Buffer[] = [];
  let length = 0;
  let number = 1;
  for await (const piece of input) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece as Uint8Array);
    let from = 0;
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, from)) {
      hold(bytes.subarray(from, end));
      yield take();
      from = end + 1;
    }
    hold(bytes.subarray(from));
  }
  if (length > 0) yield take();

  function hold(part: Buffer): void {
    length += part.length;
    if (length <= maxBytes) parts.push(part);
    else parts = [];
  }

  function take(): InputLine {
    const text = length > maxBytes ? null : Buffer.concat(parts).toString('utf8');
    parts = [];
    length = 0;
    const line = { number, text };
    number += 1;
    return line;
  }
}
