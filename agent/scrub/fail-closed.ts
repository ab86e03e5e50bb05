import type { Detect } from '#secrets/hit.ts';

/** A longer text is not looked at, and dropped as a whole: 64 Mi characters. */
export const maxTextLength = 64 * 1024 * 1024;

/** What bounds a look at one text. */
export interface Bounds {
  readonly maxLength: number;
  /** How long a look at a text of this length may take. */
  readonly maxMs: (length: number) => number;
  /** Milliseconds that only go up. */
  readonly now: () => number;
}

/** The usual look takes a hundredth of it; 30 s at most, however long the text. */
export function lookMs(length: number): number {
  return Math.min(30_000, 2_000 + length / 500);
}

/**
 * Processor time of this thread: a field is not dropped because the machine has other things to do.
 */
export function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/**
 * Where a look cannot be finished, its whole text is one hit, so that nothing leaves that was not looked at: a text beyond
 * the size cap, a look that broke, one that outlasted its deadline. The look is given a `pace` to call while it works, by
 * which it is ended soon after its deadline and not after its text.
 */
export function failClosed(createDetect: (pace: () => void) => Detect, { maxLength, maxMs, now }: Bounds): Detect {
  let endsAt = Infinity;
  const detect = createDetect(() => {
    if (now() > endsAt) throw new TookTooLong();
  });
  return (text) => {
    const everything = (rule: string) => [{ rule, kind: 'value', start: 0, end: text.length }];
    if (text.length > maxLength) return everything('scrub/too-large');
    endsAt = now() + maxMs(text.length);
    try {
      const hits = detect(text);
      return now() > endsAt ? everything('scrub/deadline') : hits;
    } catch (error) {
      return everything(error instanceof TookTooLong ? 'scrub/deadline' : 'scrub/failed'); // what broke may quote the text
    }
  };
}

class TookTooLong extends Error {}
