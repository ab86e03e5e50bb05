import { dash as dashKind, digit, isAlphanumeric, kindOf, lower, slash as slashKind, underscore as underscoreKind, upper } from './characters.ts';
import { changeRate } from './looks.ts';

const percent = 37;
const plus = 43;
const dash = 45;
const slash = 47;
const backslash = 92;
const underscore = 95;

const word = lower | upper | digit;
const inBase64 = word | dashKind | slashKind | underscoreKind;
const blobLength = 24;

/** True where what stands before is base64 rather than words, so that a mark in it borders nothing. */
export function isInBlob(text: string, at: number): boolean {
  if (at < blobLength) return false;
  let kinds = 0;
  for (let back = at - 1; back >= at - blobLength; back -= 1) {
    const code = text.charCodeAt(back);
    const kind = kindOf(code);
    if ((kind & inBase64) === 0 && code !== plus) return false;
    kinds |= kind;
  }
  return (kinds & word) === word && changeRate(text.slice(at - blobLength, at)) > 0.3;
}

/** True where a token may begin: after no letter or digit, after an escape (`\n`, `%3D`) or a colour code. */
export function isBorder(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text.charCodeAt(at - 1);
  if ((isAlphanumeric(before) || before === plus) && isAlphanumeric(text.charCodeAt(at))) return isAfterEscape(text, at);
  return !(before === underscore || before === dash || before === slash) || !isInBlob(text, at);
}

/** True after `\n`, `\r`, `\t`, `%3D`, `\u003d` and `ESC[1;31m`. */
function isAfterEscape(text: string, at: number): boolean {
  const last = text.charCodeAt(at - 1);
  const previous = text.charCodeAt(at - 2);
  if (previous === backslash) return isLetter(last, 'n') || isLetter(last, 'r') || isLetter(last, 't');
  if (isLetter(last, 'm')) return /\u001b\[[\d;]{0,5}m$/i.test(text.slice(Math.max(0, at - 8), at));
  if (!isHexDigit(last) || !isHexDigit(previous)) return false;
  if (text.charCodeAt(at - 3) === percent) return true;
  return text.charCodeAt(at - 6) === backslash && isLetter(text.charCodeAt(at - 5), 'u') && isHexDigit(text.charCodeAt(at - 4)) && isHexDigit(text.charCodeAt(at - 3));
}

function isHexDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}

function isLetter(code: number, letter: string): boolean {
  return (code | 32) === letter.charCodeAt(0);
}
