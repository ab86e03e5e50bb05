import { dash as dashKind, digit, kindOf, lower, slash as slashKind, underscore as underscoreKind, upper } from './characters.ts';
import { changeRate } from './looks.ts';

const plus = 43;
const inBase64 = lower | upper | digit | dashKind | slashKind | underscoreKind;
const mixed = lower | upper | digit;
const blobLength = 24;

function isWordAt(text: string, at: number): boolean {
  return /[A-Za-z0-9]/.test(text[at] ?? '');
}

const underscore = 95;
const dash = 45;
const slash = 47;

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
  return (kinds & mixed) === mixed && changeRate(text.slice(at - blobLength, at)) > 0.3;
}

/** True where a token may begin: after no letter or digit, after an escape (`\n`, `%3D`) or a colour code. */
export function isBorder(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1);
  const isWord = (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  if (at === 0 || (!isWord && code !== plus) || !isWordAt(text, at)) return !(code === underscore || code === dash || code === slash) || !isInBlob(text, at);
  const before = text.slice(Math.max(0, at - 8), at);
  return /(?:\\[nrt]|\\u[0-9a-f]{4}|%[0-9A-F]{2}|\u001b\[[\d;]{0,5}m)$/i.test(before);
}
