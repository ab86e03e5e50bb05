import { gunzipSync } from 'node:zlib';
import { inUserMap } from '../place.ts';
import type { Rule, Value } from '../rule.ts';

/** A script and the base64 of the same bytes; or two spellings of one base64, packed or not (`base64gzip`). */
export const base64Text: Rule = {
  name: 'base64-text',
  reason: 'One side is the base64 of the other byte for byte, or both are base64 of the same, packed by gzip or not.',
  appliesTo: (place) => !inUserMap(place) && /^(?:userdata|userdatabase64|customdata|content|contentbase64|startupscript|metadatastartupscript|cabundle|cadata|certificatebody|certificate|certificateauthoritydata|body|payload|spec|clientcertificate|publickey|publickeymaterial|sshkey|value)$/.test(place.name),
  explains: ({ before, after }) => isCodeOf(before, after) || isCodeOf(after, before) || isSameCode(before, after),
};

function isCodeOf(code: Value, text: Value): boolean {
  return typeof text === 'string' && bytesOf(code)?.equals(Buffer.from(text, 'utf8')) === true;
}

function isSameCode(one: Value, other: Value): boolean {
  const [a, b] = [bytesOf(one), bytesOf(other)];
  return a !== null && b !== null && (a.equals(b) || isSameScript(a, b));
}

/** Line ends, and the newline after the last one, are told apart in base64 as little as in plain text. */
function isSameScript(one: Buffer, other: Buffer): boolean {
  const [a, b] = [one, other].map((bytes) => (isPacked(bytes) ? unpacked(bytes) : bytes)?.toString('latin1').replaceAll('\r\n', '\n').replace(/\n+$/, ''));
  return a !== undefined && a !== '' && a === b;
}

/** Larger ones are not unpacked; user data ends at 16 KB. */
const maxUnpacked = 1024 * 1024;

function isPacked(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** What gzip holds, whenever and however well it was packed; null for what it does not hold whole. */
function unpacked(bytes: Buffer): Buffer | null {
  try {
    const held = gunzipSync(bytes, { maxOutputLength: maxUnpacked });
    return held.length === 0 ? null : held;
  } catch {
    return null;
  }
}

/** The bytes behind a base64 text, wrapped, unpadded or URL-safe ones too; null for what is none, or too short to be sure. */
function bytesOf(value: Value): Buffer | null {
  if (typeof value !== 'string') return null;
  const compact = value.replaceAll(/\s/g, '');
  if (compact.length < 8 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(compact)) return null;
  const bytes = Buffer.from(compact, 'base64');
  return bytes.toString('base64').replace(/=+$/, '') === compact.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '') ? bytes : null;
}
