/** What is wrong with a text of HCL, and where; never an excerpt, for it may hold a secret. The caller makes a Fault of it. */
export class SyntaxMistake extends Error {
  override readonly name = 'SyntaxMistake';
  readonly reason: string;
  /** From 1. */
  readonly line: number;

  constructor(reason: string, line: number) {
    super(`${reason} (line ${line})`);
    this.reason = reason;
    this.line = line;
  }
}
