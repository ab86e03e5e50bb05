import type { Detect } from '#secrets/hit.ts';

/** A longer text is not looked at, and dropped as a whole: 64 Mi characters. */
export const maxTextLength = 64 * 1024 * 1024;

/** What bounds a look at one text. */
export interface Bounds {
  readonly maxLength: number;
  /** A look that took longer is believed only in what it found; the rest of its text is dropped. */
  readonly maxMs: number;
  /** Milliseconds that only go up. */
  readonly now: () => number;
}

/**
 * Where a look cannot be finished, its whole text is one hit, so that nothing leaves that was not looked at: a text beyond
 * the size cap, a look that broke, one that outlasted its deadline.
 */
export function failClosed(detect: Detect, { maxLength, maxMs, now }: Bounds): Detect {
  return (text) => {
    const everything = (rule: string) => [{ rule, kind: 'value', start: 0, end: text.length }];
    if (text.length > maxLength) return everything('scrub/too-large');
    const begun = now();
    try {
      const hits = detect(text);
      return now() - begun > maxMs ? everything('scrub/deadline') : hits;
    } catch {
      return everything('scrub/failed'); // what broke may quote the text
    }
  };
}
