import { bitsPerCharacter } from '../entropy.ts';
import type { Hit } from '../hit.ts';
import { changeRate, isHex, isUuid } from '../looks.ts';

/** The shortest run of letters, digits, dashes and underscores that is looked at. */
const minRun = 28;

/** Longer runs are blobs, for which other contexts look. */
const maxRun = 400;

/** The shortest random part of a token whose maker is not known. */
const minRandom = 24;

/** What may stand before a random part without making it a token: digests, ids, what tools generate. */
const plainHeads = new Set(
  `sha sha1 sha224 sha256 sha384 sha512 md5 crc32 uuid urn guid ami vol snap pvc pod job internal dualstack terraform tf image layer etag commit rev
  ref build hash digest sum checksum ip id ids arn version v run task trace span request req session msg message event evt cus
  price acct pi cs asset assets artifact upload file object node vpc subnet sg eni rtb igw nat eip lb alb nlb elb fw k8s gke eks aks projects data
  cluster stack cdk boundary etcd index`.split(/\s+/),
);

/** What says that a secret follows, so that a UUID or a digest behind it is one as well. */
const secretHeads = /^(?:[rs]k|ak|pat|tkn|token|secret|api|apikey|live|auth|access|priv|private|cred|[a-z]{1,5}(?:pat|api|token|key|secret))$/;

/** Texts are copied into bytes in pieces of this size, each with the end of the one before. */
const pieceLength = 65_536;

/**
 * Finds tokens of makers that are not known, by the form that most have taken: a short word that says what it is, an
 * underscore or dash, and a long random part. Only every `minRun`-th character is looked at until one could be part of
 * such a run; a unit beyond Latin-1 is cut to its low byte, so what looks like a run is looked at again.
 */
export function createPrefixedTokens(): (text: string) => readonly Hit[] {
  const bytes = Buffer.alloc(pieceLength + maxRun);
  return (text) => {
    const hits: Hit[] = [];
    for (let from = 0; from < text.length; from += pieceLength) {
      const begin = Math.max(0, from - maxRun);
      const length = bytes.write(begin === 0 && text.length <= bytes.length ? text : text.slice(begin, from + pieceLength), 'latin1');
      for (const [start, end] of longRuns(bytes, length)) {
        if (begin + end <= from && from > 0) continue; // told with the piece before
        const run = text.slice(begin + start, begin + end);
        if (isAlone(text, begin + start, begin + end) && isToken(run)) hits.push({ rule: 'context/prefixed-token', kind: 'token', start: begin + start, end: begin + end });
      }
    }
    return hits;
  };
}

const letter = 1;
const digit = 2;
const mark = 3;

/** By byte: 0 for what no token has, 1 for letters, 2 for digits, 3 for `_` and `-`. */
const kinds = Uint8Array.from({ length: 256 }, (_, code) => {
  if (code >= 128) return 0;
  const character = String.fromCharCode(code);
  if (/[A-Za-z]/.test(character)) return letter;
  if (/\d/.test(character)) return digit;
  return /[_-]/.test(character) ? mark : 0;
});

/** Runs of token characters that begin with a word and a mark and have some digits. */
function longRuns(bytes: Uint8Array, length: number): readonly (readonly [number, number])[] {
  const runs: (readonly [number, number])[] = [];
  for (let at = minRun - 1; at < length; ) {
    if (kinds[bytes[at] ?? 0] === 0) {
      at += minRun;
      continue;
    }
    let start = at;
    let end = at + 1;
    while (start > 0 && kinds[bytes[start - 1] ?? 0] !== 0) start -= 1;
    while (end < length && kinds[bytes[end] ?? 0] !== 0) end += 1;
    if (end - start >= minRun && end - start <= maxRun && hasForm(bytes, start, end)) runs.push([start, end]);
    at = end + minRun;
  }
  return runs;
}

function hasForm(bytes: Uint8Array, start: number, end: number): boolean {
  if (kinds[bytes[start] ?? 0] !== letter) return false;
  let first = start;
  while (first - start < 17 && kinds[bytes[first] ?? 0] !== mark) first += 1;
  if (kinds[bytes[first] ?? 0] !== mark) return false;
  let digits = 0;
  for (let at = first; at < end; at += 1) if (kinds[bytes[at] ?? 0] === digit) digits += 1;
  return digits >= 4 && digits * 10 >= end - first;
}

/** False inside paths, addresses, names of hosts and base64. */
function isAlone(text: string, start: number, end: number): boolean {
  return !/[.@/+]/.test(text[start - 1] ?? '') && !/^(?:\.[a-z]|[@+])/.test(text.slice(end, end + 2));
}

function isToken(run: string): boolean {
  if (!/^[\w-]+$/.test(run)) return false;
  const parts = run.split(/[_-]/);
  const words = wordsBefore(parts);
  if (words.length === 0) return false;
  const says = words.some((word) => secretHeads.test(word.toLowerCase()));
  if (!says && words.some((word) => plainHeads.has(word.toLowerCase()))) return false;
  const rest = run.slice(words.reduce((length, word) => length + word.length + 1, 0));
  if (isUuid(rest)) return says;
  if (!says && !hasRandomPart(rest.split(/[_-]/))) return false;
  const random = rest.replace(/[_-]/g, '');
  if (random.length < minRandom || !/\d/.test(random) || !/[A-Za-z]/.test(random)) return false;
  if (isHex(random)) return says ? random.length >= 32 : run.includes('_') && parts.length === words.length + 1 && random.length >= 32;
  const isMixed = /[a-z]/.test(random) && /[A-Z]/.test(random);
  if (!says && !run.includes('_') && !(isMixed && random.length >= 28)) return false;
  return bitsPerCharacter(random) >= 3.3 && changeRate(random) >= 0.28 && (isMixed || says || random.length >= 28);
}

/** False where words stand among what looks drawn: generated names of clouds are made of both. */
function hasRandomPart(parts: readonly string[]): boolean {
  return parts.some((part) => part.length >= 16) && !parts.some((part) => /^[A-Za-z]{4,}$/.test(part));
}

/** The first parts, at most four, that are words or short marks rather than drawn at random. */
function wordsBefore(parts: readonly string[]): readonly string[] {
  const words: string[] = [];
  for (const part of parts.slice(0, 4)) {
    if (part.length === 0 || part.length > 12 || (part.length > 5 && changeRate(part) > 0.25)) break;
    words.push(part);
  }
  return words.length === parts.length ? words.slice(0, -1) : words;
}
