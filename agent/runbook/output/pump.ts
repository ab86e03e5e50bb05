import { createHash } from 'node:crypto';
import { maxChunkBytes } from '#proto/domain/fact.ts';
import type { Scrubbed } from '#proto/domain/scrubbed.ts';
import { partOfText, releasedText, type ScrubbedPiece } from '../../scrub/step-facts.ts';
import type { StreamScrubber } from '../../scrub/stream.ts';

const streams = ['stdout', 'stderr'] as const;
type StreamName = (typeof streams)[number];

/** Takes what a step writes and hands it on without secrets, in order, in pieces of a good size. */
export interface OutputPump {
  write(stream: StreamName, bytes: Uint8Array, atMs: number): void;
  /** Lets everything go, and answers what it came to; again, the same. */
  end(): OutputSum;
}

export interface OutputSum {
  /** SHA-256 in hexadecimal over all pieces that were handed on. */
  readonly hash: string;
  readonly pieces: number;
  /** What nobody could take. */
  readonly lostBytes: number;
}

export interface PumpParts {
  readonly scrubbers: Readonly<Record<StreamName, StreamScrubber>>;
  /** Takes all or none, and says whether it did. */
  readonly emit: (pieces: readonly ScrubbedPiece[]) => boolean;
  /** Calls back again and again until the function that it answers is called. */
  readonly every: (ms: number, work: () => void) => () => void;
}

/** Output is told so often, as far as whole lines have come: what is not whole could be the beginning of a secret. */
const flushMs = 200;
/** So much is told at once, however soon it came. */
const enoughBytes = 128 * 1024;

export function createOutputPump({ scrubbers, emit, every }: PumpParts): OutputPump {
  const hash = createHash('sha256');
  const ready: { stream: StreamName; atMs: number; chunks: Buffer[] }[] = [];
  const since: Record<StreamName, number | null> = { stdout: null, stderr: null };
  let last: StreamName | null = null;
  let readyBytes = 0;
  let pieces = 0;
  let lostBytes = 0;
  let sum: OutputSum | null = null;
  const stop = every(flushMs, turn);

  return {
    write(stream, bytes, atMs) {
      if (last !== null && last !== stream) letGo(last, scrubbers[last].flush()); // so that the streams keep their order
      last = stream;
      since[stream] ??= atMs;
      letGo(stream, scrubbers[stream].write(bytes));
      if (readyBytes >= enoughBytes) tell();
    },
    end() {
      if (sum !== null) return sum;
      stop();
      for (const stream of streams) letGo(stream, scrubbers[stream].end());
      tell();
      return (sum = { hash: hash.digest('hex'), pieces, lostBytes });
    },
  };

  function turn(): void {
    for (const stream of streams) letGo(stream, scrubbers[stream].flush());
    tell();
  }

  function letGo(stream: StreamName, bytes: Buffer): void {
    if (bytes.length === 0) return;
    const atMs = since[stream] ?? 0;
    since[stream] = null;
    readyBytes += bytes.length;
    const open = ready.at(-1);
    if (open?.stream === stream) open.chunks.push(bytes);
    else ready.push({ stream, atMs, chunks: [bytes] });
  }

  function tell(): void {
    if (ready.length === 0) return;
    const told = ready.splice(0).flatMap(({ stream, atMs, chunks }) => cut(releasedText(Buffer.concat(chunks))).map((data) => ({ stream, atMs, data })));
    readyBytes = 0;
    if (!emit(told.map((piece, at) => ({ index: pieces + at, ...piece })))) {
      for (const { data } of told) lostBytes += data.length;
      return;
    }
    pieces += told.length;
    for (const { data } of told) hash.update(data);
  }
}

/** Between characters, so that every piece is UTF-8 by itself. */
function cut(bytes: Scrubbed<Buffer>): readonly Scrubbed<Uint8Array>[] {
  const parts: Scrubbed<Uint8Array>[] = [];
  for (let from = 0; from < bytes.length; ) {
    let to = Math.min(bytes.length, from + maxChunkBytes);
    while (to < bytes.length && to > from + maxChunkBytes - 4 && ((bytes[to] ?? 0) & 0xc0) === 0x80) to -= 1;
    parts.push(partOfText(bytes, from, to));
    from = to;
  }
  return parts;
}
