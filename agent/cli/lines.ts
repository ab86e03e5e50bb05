import type { Readable } from 'node:stream';

/** One line, or the number of one that is too long to be kept. */
export interface NumberedLine {
  /** From 1. */
  readonly number: number;
  /** Undefined where the line was longer than the limit. */
  readonly text: string | undefined;
}

/** The lines of a stream in constant memory: what is longer than the limit is passed over and told. */
export async function* linesOf(input: Readable, maxBytes: number): AsyncGenerator<NumberedLine> {
  let number = 1;
  let kept: Buffer[] = [];
  let length = 0;
  for await (const piece of input) {
    let rest = Buffer.from(piece as Uint8Array | string);
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
      keep(rest.subarray(0, end));
      yield take();
      rest = rest.subarray(end + 1);
    }
    keep(rest);
  }
  if (length > 0) yield take();

  function keep(bytes: Buffer): void {
    length += bytes.length;
    if (length <= maxBytes) kept.push(bytes);
    else kept = [];
  }

  function take(): NumberedLine {
    const line = { number, text: length > maxBytes ? undefined : Buffer.concat(kept).toString().replace(/\r$/, '') };
    number += 1;
    kept = [];
    length = 0;
    return line;
  }
}
