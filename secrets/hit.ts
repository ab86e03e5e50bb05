/** A place in a text that looks like a secret, in UTF-16 units. */
export interface Hit {
  /** The rule that found it: its family and name, stable over versions. */
  readonly rule: string;
  /** What it is, for the placeholder: `password`, `private-key`, `token`… */
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/** Finds what looks like a secret in a text. Hits may come in any order and may overlap. */
export type Detect = (text: string) => readonly Hit[];
