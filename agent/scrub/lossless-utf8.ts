import { isUtf8 } from 'node:buffer';

/** A byte that is not UTF-8 becomes a lone surrogate, U+DC80 to U+DCFF, which no valid text has (as Python's surrogateescape). */
const escapeBase = 0xdc00;

/** Reads bytes as text and back without losing one, whatever they are. */
export interface LosslessDecoder {
  /** The text of a piece; the bytes of a character that is not complete wait for the next. */
  write(piece: Uint8Array): string;
  /** What waits still. */
  end(): string;
}

export function createLosslessDecoder(): LosslessDecoder {
  let waiting: Buffer = Buffer.alloc(0);
  return {
    write(piece) {
      const bytes = waiting.length === 0 ? Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength) : Buffer.concat([waiting, piece]);
      const cut = bytes.length - unfinishedBytes(bytes);
      waiting = Buffer.from(bytes.subarray(cut));
      return decode(bytes.subarray(0, cut));
    },
    end() {
      const rest = decode(waiting);
      waiting = Buffer.alloc(0);
      return rest;
    },
  };
}

/** The bytes of a text that was read by the decoder. */
export function encodeLossless(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text, 'utf8');
  const parts: Buffer[] = [];
  let from = 0;
  for (const match of text.matchAll(/(?<![\ud800-\udbff])[\udc80-\udcff]/g)) {
    parts.push(Buffer.from(text.slice(from, match.index), 'utf8'), Buffer.of(match[0].charCodeAt(0) - escapeBase));
    from = match.index + 1;
  }
  parts.push(Buffer.from(text.slice(from), 'utf8'));
  return Buffer.concat(parts);
}

function decode(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length === 0) text += String.fromCharCode(escapeBase + (bytes[at] ?? 0));
    else text += bytes.toString('utf8', at, at + length);
    at += Math.max(1, length);
  }
  return text;
}

/** The length of the valid sequence at `at`, or 0. */
function sequenceLength(bytes: Buffer, at: number): number {
  const wanted = wantedLength(bytes[at] ?? 0);
  return wanted > 0 && at + wanted <= bytes.length && isUtf8(bytes.subarray(at, at + wanted)) ? wanted : 0;
}

function wantedLength(first: number): number {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

/** How many bytes at the end begin a character that the next piece may complete. */
function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    return wantedLength(byte) > back ? back : 0;
  }
  return 0;
}
