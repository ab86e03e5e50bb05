import { changeRate } from './looks.ts';

const plus = 43;

function isWordAt(text: string, at: number): boolean {
  return /[A-Za-z0-9]/.test(text[at] ?? '');
}

const underscore = 95;
const dash = 45;
const slash = 47;

/** True where what stands before is base64 rather than words, so that a mark in it borders nothing. */
export function isInBlob(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 24), at);
  return /^[\w+/-]{24}$/.test(before) && /[a-z]/.test(before) && /[A-Z]/.test(before) && /\d/.test(before) && changeRate(before) > 0.3;
}

/** True where a token may begin: after no letter or digit, after an escape (`\n`, `%3D`) or a colour code. */
export function isBorder(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1);
  const isWord = (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  if (at === 0 || (!isWord && code !== plus) || !isWordAt(text, at)) return !(code === underscore || code === dash || code === slash) || !isInBlob(text, at);
  const before = text.slice(Math.max(0, at - 8), at);
  return /(?:\\[nrt]|\\u[0-9a-f]{4}|%[0-9A-F]{2}|\u001b\[[\d;]{0,5}m)$/i.test(before);
}
