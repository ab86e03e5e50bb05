import type { Report } from './report.ts';

/** Invisible, or it turns the order of what is read around. Newline and tab are text. */
const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Alphabets with letters that look like those of another one. Chinese and its neighbours are mixed with Latin in good faith. */
const alphabets = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u, /\p{Script=Cherokee}/u, /\p{Script=Coptic}/u, /\p{Script=Georgian}/u, /\p{Script=Lisu}/u];

const word = /[\p{L}\p{M}\p{N}_]+/gu;
const onlyPlain = /^[\n\t\x20-\x7e]*$/;

/** What looks like a sign of the shell and is none: dashes, quotes, bars, slashes, spaces, full-width forms. */
const likeSyntax = /[\u00a0\u00b4\u02bc\u02d7\u1680\u2000-\u200a\u2010-\u2015\u2018-\u201f\u2024\u202f\u2039\u203a\u2044\u205f\u2212\u2215\u2216\u2223\u2236\u223c\u2758\u2795\u29f8\u3000\u037e\u01c0\u30fc\u4e28\ufe31\ufe32\ufe58\ufe63\uff01-\uff5e\u{1d7ce}-\u{1d7ff}\u{1d400}-\u{1d7cb}]/u;

/** Names characters that make a text read differently from what it does, wherever they stand. */
export function refuseCharacters(text: string, report: Report): void {
  if (onlyPlain.test(text)) return;
  for (const { index, 0: character } of text.matchAll(hidden)) {
    if (isEmojiForm(text, index, character)) continue;
    report.add('dangerous', 'hidden-character', `It holds ${codeOf(character)}, which is not seen or changes what is seen.`, [index, index + character.length]);
  }
  for (const { index, 0: found } of text.matchAll(word)) {
    if (alphabets.filter((alphabet) => alphabet.test(found)).length < 2) continue;
    report.add('dangerous', 'mixed-script', 'One word mixes letters of several alphabets that look alike.', [index, index + found.length]);
  }
}

/** Whether an unquoted piece of a command has a character that passes for one of the shell's signs. */
export function looksLikeSyntax(piece: string): boolean {
  return likeSyntax.test(piece);
}

/** The sign that only asks for the coloured form of the picture before it. */
function isEmojiForm(text: string, index: number, character: string): boolean {
  return character === '\ufe0f' && /[\p{Extended_Pictographic}#*0-9]$/u.test(text.slice(Math.max(0, index - 2), index));
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
