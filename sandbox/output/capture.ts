import type { Readable } from 'node:stream';
import type { SandboxEvent } from '../sandbox.ts';

/** The output of one step, in the order in which it came. */
export interface Capture {
  /** What came, before the limit cut it. */
  readonly bytes: number;
  /** When both streams have ended, or the time for it is up. */
  ended(graceMs: number): Promise<void>;
}

export interface CaptureOptions {
  readonly maxBytes: number;
  /** Milliseconds since the step began. */
  readonly elapsed: () => number;
  readonly onEvent: (event: SandboxEvent) => void;
  /** Once, when more came than may be kept. */
  readonly onLimit: () => void;
}

/**
 * Hands on what a step writes until the limit, and reads the rest away: the step is not held up by it, and nothing piles
 * up. Both streams count together.
 */
export function capture(streams: Readonly<Record<'stdout' | 'stderr', Readable>>, { maxBytes, elapsed, onEvent, onLimit }: CaptureOptions): Capture {
  let total = 0;
  const ends = (['stdout', 'stderr'] as const).map(async (stream) => {
    const from = streams[stream];
    from.on('data', (bytes: Buffer) => take(stream, bytes));
    from.on('error', () => {}); // a pipe whose last writer was killed simply ends
    if (!from.closed) await new Promise<void>((resolve) => void from.once('close', resolve)); // a short step may have ended before
  });
  return {
    get bytes() {
      return total;
    },
    async ended(graceMs) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, graceMs)));
      await Promise.race([Promise.all(ends), late]);
      clearTimeout(timer);
      for (const stream of Object.values(streams)) stream.destroy();
    },
  };

  function take(stream: 'stdout' | 'stderr', bytes: Buffer): void {
    const room = maxBytes - total;
    total += bytes.length;
    if (room > 0) onEvent({ kind: 'output', stream, atMs: elapsed(), bytes: bytes.subarray(0, room) });
    if (room >= 0 && bytes.length > room) onLimit();
  }
}
