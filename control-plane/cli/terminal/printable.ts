/** Controls, and the marks that reorder or hide text: an agent's values must not steer the operator's terminal. */
const steering = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The text with every character that could steer a terminal written as `\u{…}`; a line break becomes one too. */
export function printable(text: string): string {
  return text.replace(steering, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
