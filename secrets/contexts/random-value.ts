import { bitsPerCharacter } from '../entropy.ts';
import { changeRate, isHex, isUnspeakable } from '../looks.ts';
import { splitName } from '../names.ts';

const maxLength = 128;

/** A name, a sign and perhaps a quote before the value; they are read backwards from it. */
const assigned = /(?<=(?<name>[A-Za-z][\w.-]{1,50})\\{0,3}["'`]?\s{0,3}(?::=|=>|[:=])\s{0,3}(?<quote>\\{0,3}["'`])?)/y;
const beside = /(?<=(?<name>[A-Za-z][\w.-]{1,50}) (?<quote>["'`]))/y;

/** What bears such a word is drawn at random and no secret. */
const plainNames = new Set(
  `hash etag sha md crc digest checksum fingerprint thumbprint id ids uid uuid guid cert certificate certificates ca data body content contents version serial lineage integrity resolved url uri
  arn name names nonce iv signature sig path file files bucket image tag commit rev ref refs host hostname dns domain zone sum key keys public pub rsa base label cursor request trace span
  caller reference revision generation marker session build release kid jti sub aud iss client user principal owner channel thread message track video playlist asset object document doc node
  sri shasum snapshot instance association allocation distribution identity role policy profile template stack pool origin`.split(/\s+/),
);

/**
 * True where a run of at least 20 letters and digits, as only a generator writes them, is given to a name that does not
 * tell of an id, a hash or another thing that is drawn as well. Hex and UUIDs are too often ids.
 */
export function isRandomValue(text: string, start: number, end: number, run: string): boolean {
  if (run.length > maxLength) return false;
  const isMixedCase = /[a-z]/.test(run) && /[A-Z]/.test(run);
  if (!isMixedCase && (run.length < 28 || /[A-Z]/.test(run))) return false;
  const random = run.replace(/[_-]/g, '');
  if ((!isMixedCase && random.length < 28) || hasWord(run) || isHex(random)) return false;
  if (changeRate(random) < (isMixedCase ? 0.3 : 0.35) || bitsPerCharacter(random) < 3.6 || isReadable(run)) return false;
  if (/[\w+/=.@-]/.test(text[end] ?? '') && !/^\.(?:\s|$)/.test(text.slice(end, end + 2))) return false;
  const groups = (before(assigned, text, start) ?? before(beside, text, start))?.groups;
  const name = groups?.['name'];
  if (name === undefined || (groups?.['quote'] === undefined && !isMixedCase)) return false;
  return !splitName(name).some((word) => plainNames.has(word));
}

function before(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Words between marks: names that tools make are of words and numbers. */
function hasWord(run: string): boolean {
  if (/(?:^|[_-])[A-Za-z]{4,}(?:[_-]|$)|^[a-z]{1,12}-/.test(run)) return true;
  return (run.match(/[A-Z]?[a-z]{6,}/g) ?? []).some((word) => !isUnspeakable(word));
}

/** True where it is base64 of text, which another pass opens. */
function isReadable(run: string): boolean {
  const inner = Buffer.from(run, 'base64').toString('latin1');
  return inner.replace(/[\x20-\x7e\s]/g, '').length < inner.length * 0.1;
}
