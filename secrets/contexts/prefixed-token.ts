import { bitsPerCharacter } from '../entropy.ts';
import { changeRate, isHex, isUnspeakable, isUuid } from '../looks.ts';

/** Shorter runs are found by the forms that their makers document. */
const minRun = 28;

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
const secretHeads = /^(?:[rs]k|ak|pat|tkn|token|secret|api|apikey|live|auth|access|priv|private|cred|[a-z]{1,5}(?:pat|api|token|key|sec|secret))$/;

/** True where a run has the form that most tokens have taken: a short word that says what it is, an underscore or dash, and a long random part. */
export function isPrefixedToken(text: string, start: number, end: number, run: string): boolean {
  if (!isHeaded.test(run)) return isGenerated(run) && isAlone(text, start, end) && isLine(text, start, end) && !isInBlock(text, start, end);
  const isLong = run.length >= minRun && ((hasForm(run) && isToken(run)) || isSerialToken(run));
  if (!isLong && !isLoneToken(run)) return false;
  return isAlone(text, start, end) && (isLong || isLine(text, start, end));
}

const isHeaded = /^[A-Za-z][A-Za-z0-9]{0,16}[_-]/;

/** `fw_3ZSU8ymvmZ38YPv8uwbZ`: what is too short or too plain to be told from an id, but where it stands alone on a line. */
function isLoneToken(run: string): boolean {
  const [, head = '', random = ''] = /^([A-Za-z][A-Za-z0-9]{1,9})[_-]([A-Za-z0-9_-]{16,})$/.exec(run) ?? [];
  if (head === '') return false;
  const letters = random.replace(/[_-]/g, '');
  if (plainHeads.has(head.toLowerCase()) || hasWord(random) || letters.length < 18 || !/\d/.test(letters) || bitsPerCharacter(letters) < 3) return false;
  if (isHex(letters)) return /^[A-Z]{3,8}$/.test(head) || (secretHeads.test(head) && run.includes('_') && letters.length >= 24);
  if (bitsPerCharacter(letters) < 3.3 || (changeRate(letters) < 0.3 && !isShuffled(letters))) return false;
  return isBothCases(letters) || run.includes('_') || (letters.length >= 20 && isShuffled(letters));
}

/** What a digest, a UUID or a digest's half is long when written in base64 that is not filled up; else its length tells base64 by a remainder of 0. */
const base64Lengths = new Set([22, 27, 43, 54, 59, 86]);

/** `EZTKkBmZi5vqxf…`: letters in both cases and digits, too many and too mixed for a name, and of a length that base64 of bytes seldom has. */
function isGenerated(run: string): boolean {
  return /^[A-Za-z0-9]{40,}$/.test(run) && run.length % 4 !== 0 && !base64Lengths.has(run.length) && isBothCases(run) && changeRate(run) >= 0.35 && isUnspeakable(run);
}

/** True where a line above or below is as long and as dense: a block of encoded data. */
function isInBlock(text: string, start: number, end: number): boolean {
  return /[\w+/=|]{40,}\W{0,8}\n\W{0,8}$/.test(text.slice(Math.max(0, start - 160), start)) || /^\W{0,8}\n\W{0,8}[\w+/=|]{40,}/.test(text.slice(end, end + 64));
}

function isBothCases(text: string): boolean {
  return /[a-z]/.test(text) && /[A-Z]/.test(text);
}

/** True for capitals with digits among them as no words have; base32 has few digits. */
function isShuffled(capitals: string): boolean {
  const rate = changeRate(capitals);
  return !/[a-z]/.test(capitals) && (rate >= 0.3 || (rate >= 0.16 && isUnspeakable(capitals)));
}

function hasWord(random: string): boolean {
  return /(?:^|[_-])[A-Za-z]{4,}(?:[_-]|$)/.test(random);
}

/** Hex of such a length is a digest more often than a token. */
const digestLengths = new Set([32, 40, 56, 64, 96, 128]);

/** `NRAK-X29R0RTNJIQTUFWOA8Z8YRDENG0`, `lsv2_pt_f799…_3ced…`: tokens whose random part is of one case. */
function isSerialToken(run: string): boolean {
  const [, head = '', random = ''] = /^([A-Za-z][A-Za-z0-9]{1,9}(?:_[a-z]{2,5})?)[_-](\w+(?:-\w+)*)$/.exec(run) ?? [];
  if (head === '' || head.split('_').some((word) => plainHeads.has(word.toLowerCase()))) return false;
  const parts = random.split(/[_-]/);
  const letters = parts.join('');
  if (bitsPerCharacter(letters) < 3.3 || !parts.every((part) => /\d/.test(part) && /[A-Za-z]/.test(part))) return false;
  const isLoud = /^[A-Z]{3,8}$/.test(head);
  if (isHex(letters)) {
    if (letters.length < 40 || parts.some((part) => part.length < 10)) return false;
    return parts.length > 1 ? isLoud || run.includes('_') : !digestLengths.has(letters.length);
  }
  if (/^[A-Z0-9]+$/.test(letters)) return parts.every((part) => part.length >= 20) && letters.length >= (isLoud ? 24 : 40) && isShuffled(letters);
  return /^[a-z0-9]+$/.test(letters) && letters.length >= 40 && parts.every((part) => part.length >= 12) && changeRate(letters) >= 0.35;
}

/** Where parts that are drawn at random stand in a row with dots between them, the place where the first begins; -1 where they do not. */
export function dottedTokenStart(text: string, start: number, end: number, run: string): number {
  if (text[start - 1] !== '.' || /^\.[a-z]/.test(text.slice(end, end + 2)) || !isDrawnPart(run)) return -1;
  const [, chain = ''] = /(?:^|[^\w./@-])((?:[\w-]{1,60}\.){1,4})$/.exec(text.slice(Math.max(0, start - 130), start)) ?? [];
  if (chain.startsWith('eyJ')) return -1; // a JWT, of which the header tells more
  const parts = chain.split('.').slice(0, -1);
  const says = secretHeads.test(parts[0] ?? '') && run.length >= minRun;
  return says || parts.some((part) => part.length >= 16 && isDrawnPart(part)) ? start - chain.length : -1;
}

function isDrawnPart(part: string): boolean {
  const letters = part.replace(/[_-]/g, '');
  return /\d/.test(letters) && !isHex(letters) && !hasWord(part) && (isBothCases(letters) ? changeRate(letters) >= 0.28 : isShuffled(letters)) && bitsPerCharacter(letters) >= 3.3;
}

function isLine(text: string, start: number, end: number): boolean {
  return /(?:^|\n)["' \t]{0,8}$/.test(text.slice(Math.max(0, start - 9), start)) && /^["' \t]{0,8}(?:\r?\n|$)/.test(text.slice(end, end + 10));
}

function hasForm(run: string): boolean {
  const first = /^[A-Za-z][A-Za-z0-9]{0,16}[_-]/.exec(run);
  if (first === null) return false;
  const rest = run.slice(first[0].length);
  const digits = rest.replace(/\D/g, '').length;
  if (digits >= 4 && digits * 10 >= rest.length) return true;
  return digits >= 2 && isDrawn(rest.split(/[_-]/).at(-1) ?? '');
}

/** True where letters in both cases follow one another as in no word, though digits are few. */
function isDrawn(part: string): boolean {
  return part.length >= 28 && /[a-z]/.test(part) && /[A-Z]/.test(part) && changeRate(part) >= 0.35 && isUnspeakable(part);
}

/** False inside paths, addresses, names of hosts and base64, and for a digest that says so. */
function isAlone(text: string, start: number, end: number): boolean {
  if (/(?:[.@/+]|(?:sha\d{1,3}|md5)[=:-])$/i.test(text.slice(Math.max(0, start - 8), start))) return false;
  return !/^(?:\.[a-z][a-z0-9]|[@+])/.test(text.slice(end, end + 3));
}

function isToken(run: string): boolean {
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
