/** Controls, and the marks that reorder or hide text: an agent's values must not steer the operator's terminal. */
const steering = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The text with every character that could steer a terminal written as `\u{…}`; a line break becomes one too. */
export function printable(text: string): string {
  return text.replace(steering, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

const colouring = /\u001b\[[0-9;:]*m/g;

/** The same for what a program wrote, of which lines and tabs are kept; its colours are left out. */
export function printableLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(colouring, '').split(/([\n\t])/).map((part) => (part === '\n' || part === '\t' ? part : printable(part))).join('');
}
