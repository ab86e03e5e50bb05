/** Looks for a text in what comes in pieces, in memory of the text's own length. */
export interface Lookout {
  see(bytes: Uint8Array): void;
  readonly isFound: boolean;
}

/** With nothing to look for, it is found. */
export function lookFor(text: string | null): Lookout {
  const wanted = Buffer.from(text ?? '', 'utf8');
  let isFound = wanted.length === 0;
  let tail = Buffer.alloc(0);
  return {
    get isFound() {
      return isFound;
    },
    see(bytes) {
      if (isFound) return;
      const seen = Buffer.concat([tail, bytes]);
      isFound = seen.includes(wanted);
      tail = Buffer.from(seen.subarray(Math.max(0, seen.length - wanted.length + 1)));
    },
  };
}
