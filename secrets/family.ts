/** A check that a pattern alone cannot make; named in the data, done in `checks.ts`. */
export type Check =
  | 'random'
  | 'not-hex'
  | 'mixed'
  | 'mixed-case'
  | 'letters-and-digits'
  | 'not-stand-in'
  | 'jwt'
  | 'basic-credentials'
  | 'named-secret'
  | 'asked-for'
  | 'docker-auth'
  | 'pem-private-key'
  | 'looks-like-password'
  | 'not-address'
  | 'not-file';

/** One form of a secret. */
export interface SecretRule {
  /** Stable over versions: it is told in reports as `family/id`. */
  readonly id: string;
  /** What it is, for the placeholder; `token` where nothing is said. */
  readonly kind?: string;
  /**
   * ASCII words of which one must stand in the text, in any case. Without `near` the match begins with the word; with it
   * the match lies within that many characters around the word.
   */
  readonly keywords: readonly string[];
  readonly near?: readonly [before: number, after: number];
  /**
   * Something that stands in every match, or where it looks back, at most 16 characters long; for patterns that pass over much
   * until they come to it. Where it is not near, the pattern is not tried. Words are sought faster than patterns.
   */
  readonly needs?: RegExp | string;
  /**
   * For what stands behind the keyword on the same command, however much lies between: the match is sought `near` behind it, up to
   * the first character that `stops` it. With `opens`, which begins at the keyword, behind what that takes. The secret ends the match.
   */
  readonly passingOver?: { readonly opens?: RegExp; readonly stops: RegExp };
  /** Bounded throughout. The first group whose name begins with `secret`, or else the whole match, is removed. */
  readonly pattern: RegExp;
  readonly checks?: readonly Check[];
}

/** The secrets of one vendor or of one kind, as data. */
export interface Family {
  /** Kebab-case, unique. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** Where the format is documented. */
  readonly source: string;
  /** Words that make a field the vendor's: `onesignal: …`, `DIFFBOT_ID=…`. A random value in such a field is its secret. */
  readonly words?: readonly string[];
  readonly rules?: readonly SecretRule[];
}
