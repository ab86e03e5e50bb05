/**
 * Names that may hold a secret stand seldom: some 360 MB of states, plans, manifests, runbooks, source code and documentation have in no
 * stretch more than ten beyond one in 24 characters, but for lists of nothing but such names, and those stay below these.
 */
const charactersPerName = 16;
const mostAhead = 512;

/** Where names are too dense, they are not read for so long, and what may stand under them is masked this much further. */
const skippedLength = 2_048;
const maskedLength = 4_096;

export interface NameDensity {
  /** Counts a name; where there are too many, up to where no name is read and up to where all is masked. */
  count(nameStart: number): { readonly skipped: number; readonly masked: number } | null;
}

/**
 * Holds what names cost to what their number in ordinary text costs: reading one takes as long as passing over a hundred characters. What
 * is skipped counts for nothing, so that a text which goes on as dense is masked on, and one that does not is read again at once.
 */
export function createNameDensity(): NameDensity {
  let ahead = 0;
  let last = 0;
  return {
    count(nameStart) {
      ahead = Math.max(0, ahead - Math.max(0, nameStart - last) / charactersPerName) + 1;
      last = nameStart;
      if (ahead <= mostAhead) return null;
      ahead = mostAhead;
      last = nameStart + skippedLength;
      return { skipped: last, masked: nameStart + maskedLength };
    },
  };
}
