import { gunzipSync, inflateSync } from 'node:zlib';
import type { Detect, Hit } from '../hit.ts';

/** How base64 of text worth looking into begins: JSON, YAML, scripts, XML, environment files, gzip, and base64 of gzip. */
export const encodedKeywords = [
  'eyJ', 'eyAi', 'ewog', 'ewoJ', 'ewkK', 'ew0K', 'W3si', 'Wwog', 'W1s', 'IyEv', 'I2Ns', 'YXBpVmVy', 'LS0tC', 'LS0tI', 'PD94', 'ZXhwb3J0', 'H4sI', 'SDRzS', 'eJ',
  'Q29udGVudC1U', 'TUlNRS1W', 'c2V0IC', 'I3Bvd2Vyc2hlbGw', 'PHBvd2Vyc2hlbGw', 'dmVyc2lvbj', 'dXNlcn', 'cGFzc3dvcmQ', 'UEFTU1dPUkQ', 'dG9rZW4', 'c2VjcmV0', 'REJfUEFTU', 'QVdTX',
] as const;

/** Blobs that are shorter hold no secret worth the look; longer ones that begin as text or gzip do are masked unseen: 4 Mi characters. */
const minLength = 24;
const maxLength = 4 * 1024 * 1024;

/** What comes out of gzip above this is not looked at, and the blob is masked: 8 MiB. */
const maxInflated = 8 * 1024 * 1024;

const blob = /[A-Za-z0-9+/_-]{24,}(?:(?:\\n|\r?\n\s{0,40})[A-Za-z0-9+/_-]{4,}){0,60000}={0,2}/y;

/** So many beginnings in one run of base64 that cannot be read are nobody's writing: the run is masked. */
const maxVain = 12;

/** Reads the blobs of one text, in rising order. What lies deeper is looked at by `detect`. */
export function readBlobs(text: string, detect: Detect): { at(start: number): Hit | null } {
  let readUpTo = 0;
  let runEnd = 0;
  let vain = 0;
  return { at };

  /** The blob that begins at `start`, where something secret stands inside it. */
  function at(start: number): Hit | null {
    if (start < readUpTo || isBase64(text.charCodeAt(start - 1))) return null;
    readUpTo = start + 1;
    blob.lastIndex = start;
    if (start < runEnd && !isReadableHead(text.slice(start, Math.min(runEnd, start + headLength)))) return missed(start);
    const match = blob.exec(text);
    if (match === null) return null;
    const end = start + match[0].length;
    const hit = { rule: 'context/encoded', kind: 'encoded', start, end };
    const inner = match[0].length > maxLength ? tooLarge : decode(match[0]);
    if (start >= runEnd) {
      runEnd = end;
      vain = 0;
    }
    if (inner === null) return missed(start);
    if (inner !== tooLarge && detect(inner).length === 0) return missed(start);
    readUpTo = end;
    return hit;
  }

  function missed(start: number): Hit | null {
    vain += 1;
    if (vain <= maxVain) return null;
    readUpTo = runEnd;
    return { rule: 'context/too-dense', kind: 'encoded', start, end: runEnd };
  }
}

function isBase64(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 43 || code === 47;
}

/** As much of base64 as is decoded to tell whether the rest is worth it. */
const headLength = 600;

/** False where the beginning of base64 is neither text nor packed. */
function isReadableHead(head: string): boolean {
  const bytes = Buffer.from(head.replace(/\\n|\s/g, ''), 'base64');
  return (bytes[0] === 0x1f && bytes[1] === 0x8b) || bytes[0] === 0x78 || isReadable(bytes.toString('utf8'));
}

/** True where a value that is base64 as a whole holds something secret. */
export function hasSecretInside(value: string, detect: Detect): boolean {
  if (value.length < minLength || !/^[A-Za-z0-9+/_\s-]+={0,2}\s*$/.test(value)) return false;
  if (value.length > maxLength) return true;
  const inner = decode(value);
  return inner === tooLarge || (inner !== null && detect(inner).length > 0);
}

/** What unpacks to more than may be looked at. */
const tooLarge = Symbol('too large');

/** The text inside base64, unpacked where it is packed; null where it is no text. */
function decode(text: string): string | typeof tooLarge | null {
  const bytes = Buffer.from(text.replace(/\\n|\s/g, ''), 'base64');
  const unpacked = unpack(bytes);
  if (unpacked === tooLarge) return unpacked;
  const inner = unpacked.toString('utf8');
  return isReadable(inner) ? inner : null;
}

function unpack(bytes: Buffer): Buffer | typeof tooLarge {
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes, { maxOutputLength: maxInflated });
    if (bytes[0] === 0x78 && [0x01, 0x5e, 0x9c, 0xda].includes(bytes[1] ?? 0)) return inflateSync(bytes, { maxOutputLength: maxInflated });
  } catch (error) {
    if (error instanceof RangeError) return tooLarge;
  }
  return bytes;
}

function isReadable(text: string): boolean {
  const length = Math.min(text.length, sampleLength);
  let odd = 0;
  for (let at = 0; at < length; at += 1) {
    if (!isOfText(text.charCodeAt(at))) odd += 1;
    if (odd >= sampleLength * oddShare) return false;
  }
  return length > 8 && odd / length < oddShare;
}

const sampleLength = 400;

/** So much of a text may be control characters and what stands for bytes that are none. */
const oddShare = 0.05;

function isOfText(code: number): boolean {
  return (code >= 32 && code <= 126) || (code >= 9 && code <= 13) || (code >= 160 && code <= 0xfffc);
}
