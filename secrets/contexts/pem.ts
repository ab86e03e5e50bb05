import type { Hit } from '../hit.ts';

/** By this a private key is found. */
export const pemKeyword = '-----begin';

/** A key that has no end within this many characters is masked line by line: 32 Ki. */
const maxPemLength = 32_768;

const header = /^-----BEGIN (?!CERTIFICATE|PUBLIC)(?:[A-Z0-9][A-Z0-9 ]{0,40})?PRIVATE KEY(?: BLOCK)?-----|^---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----|^-----BEGIN OpenVPN Static key V1-----/;

/** Reads the private keys of one text, in order. */
export function readPems(text: string): { at(start: number): Hit | null } {
  let readUpTo = 0;
  let footer = -1;
  let nextHead = -1;
  return { at };

  /**
   * The body of the private key whose header stands at `start`. Where the end is missing, all lines are masked as long as
   * they end in a run of base64; each may begin with what a log writes before a line.
   */
  function at(start: number): Hit | null {
    if (start < readUpTo) return null;
    const head = header.exec(text.slice(start, start + 120))?.[0];
    if (head === undefined) return null;
    const body = start + head.length;
    if (footer < body && footer !== text.length) footer = indexOrEnd(text.indexOf('----END', body));
    if (text.startsWith('-----BEGIN', body)) return null;
    if (nextHead < body) nextHead = indexOrEnd(text.indexOf('-----BEGIN', body));
    const end = footer - body <= maxPemLength && footer < text.length ? footerStart(text, footer, body) : body + unfinished(text.slice(body, Math.min(nextHead, body + maxPemLength)));
    readUpTo = end;
    return end - body < 8 ? null : { rule: 'private-key/pem', kind: 'private-key', start: skipBreaks(text, body, end), end };
  }

  function indexOrEnd(index: number): number {
    return index < 0 ? text.length : index;
  }
}

function footerStart(text: string, at: number, body: number): number {
  let start = at;
  while (start > body && text[start - 1] === '-') start -= 1;
  return start;
}

function unfinished(window: string): number {
  let reached = 0;
  for (const line of window.matchAll(/[^\n\\]*(?:\\[nrt\\]*n?|\r?\n|$)/g)) {
    const text = line[0].replace(/(?:\\[nrt\\]*|[\r\n]|["',\s])+$/, '');
    if (text !== '' && !/[A-Za-z0-9+/=]{12,}$/.test(text) && !/^(?:[\w-]+: .{1,80}|[A-Za-z0-9+/=]{1,64})$/.test(text)) break;
    reached = line.index + text.length;
    if (line[0] === '') break;
  }
  return reached;
}

function skipBreaks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && /[\s\\nr]/.test(text[at] ?? '') && !(/[nr]/.test(text[at] ?? '') && text[at - 1] !== '\\')) at += 1;
  return at;
}
