/**
 * Keywords of all kinds stand a hundred characters apart in ordinary text. In 100 MB of source code, source maps, documentation, states
 * and manifests never 484 more, in any stretch, than one in 12 characters; the nearest are lists of the names of services.
 */
const charactersPerKeyword = 12;
const mostAhead = 1_500;

/** No more is remembered of a crowd, so that reading begins again within so many characters of ordinary text: fewer than are masked behind it. */
const mostRemembered = mostAhead + 128;

/** What a keyword that is not looked at may have led to: so much before it, and so much behind. */
const maskedBefore = 512;
const maskedBehind = 4_096;

export interface KeywordDensity {
  /** Counts a keyword; where there are too many, what is to be masked in place of looking at it, which reaches on for a while. */
  count(start: number, end: number): { readonly start: number; readonly end: number } | null;
}

/** Holds what keywords cost to what their number in ordinary text costs: what each of them leads to is looked at again and again. */
export function createKeywordDensity(): KeywordDensity {
  let ahead = 0;
  let last = 0;
  return {
    count(start, end) {
      ahead = Math.min(mostRemembered, Math.max(0, ahead - (end - last) / charactersPerKeyword) + 1);
      last = end;
      return ahead <= mostAhead ? null : { start: Math.max(0, start - maskedBefore), end: end + maskedBehind };
    },
  };
}

/** True for keywords such as `AAAA`, which stand at every place of base64 of zeros. */
export function isOneLetter(keyword: string): boolean {
  return keyword[0] === keyword[1] && keyword[1] === keyword[2];
}
