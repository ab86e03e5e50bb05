/** Controls, and the marks that reorder, join or hide text: what a scan reads must not steer a terminal. */
const steering = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The text on one line, with every character that could steer a terminal written as `\u{…}`. */
export function printable(text: string): string {
  return text.replace(steering, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
