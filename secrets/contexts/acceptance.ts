import { backslash, blank, bracket, colon, dash, digit, dot, isAlphanumeric, kindsOf, at as mark, other, slash, template, upper } from '../characters.ts';
import { isHex, isPlain, isRandom, isUnspeakable, isUuid } from '../looks.ts';
import { splitName } from '../names.ts';
import { isTrimmedStandIn } from '../values.ts';
import type { Bond } from './separator.ts';

/** What is known of a value's surroundings. */
export interface Surroundings {
  /** `secret` and `perhaps` as names judge; `vendor` where the name is only a vendor's. */
  readonly verdict: 'secret' | 'perhaps' | 'vendor';
  readonly name: string;
  readonly bond: Bond;
  readonly isQuoted: boolean;
  /** True where blanks stand around the sign, as in code. */
  readonly isSpaced: boolean;
  /**
   * How a value stands that only blanks part from its name: declared by the word before the name, alone with it on a line,
   * in a second column, or told in a sentence (`the password is …`).
   */
  readonly place: 'inline' | 'declared' | 'line' | 'column' | 'said';
  /** True where a vendor's word stands in the name or shortly before it. */
  readonly isVendorNear: () => boolean;
}

const minLength = 4;

/** What stands bare beside a name within a line is a secret only if it is at least this long. */
const minBeside = 15;

/** Under a name that only may say secret, what is shorter has a digit at least. */
const minPerhaps = 15;

/** False where the length of a value and its place alone say that it is none. */
export function mayBeSecretValue(length: number, { bond, place, isQuoted }: Pick<Surroundings, 'bond' | 'place' | 'isQuoted'>): boolean {
  return length >= (bond === 'beside' && place === 'inline' && !isQuoted ? minBeside : minLength);
}

/** True where a value without blanks around it is a word, a mask, a reference or a template, whatever its name. */
export function saysNothing(text: string): boolean {
  return isTrimmedStandIn(text) || isTemplate(text);
}

/** True where the value under such a name is a secret rather than a flag, code or prose; it has no blanks around it, and says something. */
export function isSecretValue(text: string, around: Surroundings): boolean {
  if (!mayBeSecretValue(text.length, around)) return false;
  const kinds = kindsOf(text);
  if (around.verdict !== 'secret' && text.length < minPerhaps && (kinds & digit) === 0) return false;
  if (repeats(text, around.name) || !hasAlphanumerics(text) || /(?:Exception|Error)$/.test(text)) return false;
  if (around.bond === 'beside' && around.place !== 'inline' && isShouted(around.name) && /^(?=[A-Z-]*\d|[A-Z]{20}|[a-z-]*\d)[A-Za-z0-9-]{15,}$/.test(text)) return true;
  if (around.verdict === 'vendor') return isVendorSecret(text, around);
  if (around.verdict === 'perhaps') return isPerhapsSecret(text, around);
  if (around.bond === 'beside') return isBesideSecret(text, around);
  if (isPlain(text) || ((kinds & notInObjectName) === 0 && isObjectName(text, around.name))) return false;
  if (text.length < 8 && /key/i.test(around.name) && !/pass/i.test(around.name)) return false;
  if ((kinds & digit) !== 0 && /^-?\d+(?:\.\d+)?[a-z]{0,2}$/i.test(text)) return text.length >= 6 && /pass|pwd|pin|otp|secret/i.test(around.name);
  return around.isQuoted ? isQuotedSecret(text, around) : isBareSecret(text, kinds, around);
}

const notInObjectName = upper | backslash | mark | template | bracket | blank | other;

/** True where a value has at least three letters and digits. */
function hasAlphanumerics(text: string): boolean {
  let found = 0;
  for (let at = 0; at < text.length && found < 3; at += 1) if (isAlphanumeric(text.charCodeAt(at))) found += 1;
  return found === 3;
}

function isQuotedSecret(text: string, around: Surroundings): boolean {
  if (isProse(text)) return false;
  if (/^[?(^].*[)$]$|^\?[A-Z][A-Za-z]+$|^--[a-z]/.test(text)) return false;
  if (around.bond === 'argument' && /^[A-Za-z ]+$/.test(text) && (text.includes(' ') || around.name.endsWith('.pass'))) return false;
  if (around.bond === 'argument') return !/^[a-z][\w.-]*$/.test(text) || isRandom(text) || /\d/.test(text) || /passw|pwd/i.test(around.name);
  return true;
}

function isBareSecret(text: string, kinds: number, around: Surroundings): boolean {
  if (isCode(text, kinds) && !/pass|pwd/i.test(around.name)) return false;
  if (around.name.endsWith(text)) return false;
  if ((kinds & bracket) !== 0) {
    if (/^[A-Za-z_$][A-Za-z_.$:]*\(/.test(text) && (around.isSpaced || /\)[;,]?$/.test(text))) return false;
    if (/^[\w.$]+\[/.test(text)) return false;
  }
  if ((kinds & (dot | dash | colon)) !== 0 && /^[A-Za-z_$][\w$]*(?:(?:\.|->|::)[A-Za-z_$][\w$]*)+(?:[[(].*)?$/.test(text) && !isRandom(text)) return false;
  if (around.isSpaced && /^[A-Za-z_$]+$/.test(text)) return isRandom(text) || /[a-z][A-Z][a-z]/.test(text) && !/pass|pwd|secret|token|key|cred|string|value|name|config/i.test(text);
  return true;
}

/** A call, a function, or the name of a variable or a type. */
function isCode(text: string, kinds: number): boolean {
  if ((kinds & (bracket | template | other | slash)) !== 0 && /^[(=[{&|/]|=>|\$\d?\(/.test(text)) return true;
  if (/^function\b/.test(text)) return true;
  return (kinds & upper) !== 0 && /^[A-Za-z_$]+(?:<.*)?$/.test(text) && /[a-z][A-Z]/.test(text) && !isRandom(text) && !isUnspeakable(text);
}

function isBesideSecret(text: string, around: Surroundings): boolean {
  if (isPlain(text)) return false;
  if (around.place === 'declared' && !isObjectName(text, around.name)) return isBareSecret(text, kindsOf(text), { ...around, isSpaced: false });
  if (isNamedBeside(text, around)) return true;
  if (isShouted(around.name) && /^[A-Za-z0-9-]{15,}$/.test(text) && (/\d/.test(text) || /^[A-Z]{20,}$/.test(text)) && !isHex(text) && !isUuid(text)) return true;
  const hasMix = isMixed(text);
  if (text.length >= 16 && (hasMix || isRandom(text)) && around.isVendorNear()) return true;
  if (around.isQuoted) return ((hasMix || /^(?=\S*[A-Za-z])(?=\S*\d)\S*$/.test(text)) && text.length >= 6 && !isProse(text)) || isRandom(text);
  return (isRandom(text) && text.length >= 16) || (text.length >= 32 && isHex(text));
}

/** A word with a digit or a mark in it that alone follows `password` on a line, in a column or in a sentence. */
function isNamedBeside(text: string, around: Surroundings): boolean {
  if (around.place === 'inline' || !/pass|pwd|secret|pw$/i.test(around.name) || text.length < 5 || /^(?:[\d.,:%-]+|[(<[{].*|.*[(:])$/.test(text)) return false;
  if (around.isQuoted && around.place === 'said') return /^\S{6,}$/.test(text) && !/^(?:required|invalid|correct|incorrect|missing|optional|expired|needed|wrong|hidden|hashed|encrypted|masked)$/i.test(text);
  if (around.place === 'column') return /[^A-Za-z]/.test(text) && !isObjectName(text, around.name);
  return /pass|pwd|pw$/i.test(around.name) && /\d|[^\w.,;:!?'/-]/.test(text) && !/^(?:base|sha|md|utf|pbkdf|hmac|aes|rsa|oauth|x|scram|rfc|sha|v)-?\d/i.test(text) && !/^[\w-]*[[(]/.test(text);
}

/** A name such as `key` or `session` alone: the value must look drawn, and not like what else is drawn (ids, digests). */
function isPerhapsSecret(text: string, around: Surroundings): boolean {
  if (text.length < 16 || !isRandom(text)) return around.bond !== 'beside' && text.length >= 12 && isMixed(text) && around.isVendorNear();
  if (/^authorization$/i.test(around.name)) return true;
  if (isDigestOrUuid(text) || around.bond === 'beside' || /^(?:access|private|code)$/i.test(around.name)) if (around.isVendorNear()) return true;
  if (/^(?:access|private|code)$/i.test(around.name)) return false;
  if (around.bond === 'beside') return isShouted(around.name) && text.length >= 16 && isMixed(text) && !isDigestOrUuid(text);
  if (isUuid(text)) return /^[A-Z][A-Z0-9_]*_KEY$/.test(around.name) && isServiceKey(around.name);
  return isServiceKey(around.name) || !isDigest(text);
}

function isVendorSecret(text: string, around: Surroundings): boolean {
  if (!/^[\w+/=.:~!%@$&^*,;?|-]+$/.test(text)) return false;
  if (around.bond === 'beside') return text.length >= 20 && isRandom(text) && !/[./@]/.test(text) && (around.isQuoted || !isDigest(text));
  return text.length >= 14 && isRandom(text);
}

/** `clarifai KEY io3l0…`: a word in capitals alone, as people write it in notes. */
function isShouted(name: string): boolean {
  return /^(?:KEY|ACCESS|PRIVATE|AUTH|LICENSE|TOKEN|SECRET)$/.test(name);
}

/** `kontent_key`, `APP_CENTER_KEY`: a key that bears the name of something, unless keys of that thing open nothing. */
function isServiceKey(name: string): boolean {
  const words = splitName(name);
  return words.length >= 2 && words.at(-1) === 'key' && !words.some((word) => plainKeys.has(word));
}

const plainKeys = new Set(
  `cache object sort partition hash primary foreign index map group dedup deduplication idempotency event row item tag label config translation registry s kms cmk
  public topic message record lookup unique composite natural range bucket file path state lock context feature dict json xml field column node edge search filter
  metric dimension annotation taint toleration selector topology resource env environment var variable parameter property setting option user account tenant org
  project product customer order redis etcd zk host known default source target parent child document doc entity table db image value name id change fingerprint
  content page view menu route dns zone record shard stream queue job task workflow pipeline commit blob tree asset`.split(/\s+/),
);

function isDigestOrUuid(text: string): boolean {
  return isUuid(text) || isDigest(text);
}

function isMixed(text: string): boolean {
  return /[A-Za-z]/.test(text) && /\d/.test(text) && /^[\w+/=.:~!-]+$/.test(text);
}

/** `accountKey = "accountKey"`: the value only says the name again. */
function repeats(text: string, name: string): boolean {
  let next = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (!isAlphanumeric(code)) continue;
    while (next < name.length && !isAlphanumeric(name.charCodeAt(next))) next += 1;
    if (next === name.length || lowered(code) !== lowered(name.charCodeAt(next))) return false;
    next += 1;
  }
  while (next < name.length && !isAlphanumeric(name.charCodeAt(next))) next += 1;
  return next === name.length;
}

/** A letter or digit, the letter in lower case. */
function lowered(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

/** Words with blanks between them are told to people; passphrases of words are rare and found by their place alone. */
function isProse(text: string): boolean {
  const words = text.split(/\s+/);
  return words.length >= 3 && words.filter((word) => /^[A-Za-z][a-z']*[,.:;!?]?$/.test(word)).length / words.length > 0.6;
}

/** `my-tls-secret`, `db.credentials`: the name of an object that holds the secret. */
function isObjectName(text: string, name: string): boolean {
  if (!/^[a-z][a-z0-9]*(?:[-_./:][a-z0-9]+)+$/.test(text)) return false;
  if (/pass|pwd|psk|pre_?shared|secret_?string/i.test(name) || (/cred/i.test(name) && text.includes(':'))) return false;
  if (text.split(/[-_./:]/).some((part) => part.length >= 6 && /[a-z]\d[a-z]/.test(part) && !/k8s|oauth2|e2e|s3/.test(part))) return false;
  return !isRandom(text) && !/[-_./:][a-z]*\d[a-z\d]{5,}$/.test(text);
}

function isTemplate(text: string): boolean {
  if ((kindsOf(text) & (template | mark)) === 0) return false;
  return /^[^\s]*(?:\$\{|\{\{|<%|\$\(|#\{|%\{|\}\})/.test(text) || /^\\?\$[A-Za-z_{(]/.test(text) || /^@[\w.]+@$/.test(text);
}

function isDigest(text: string): boolean {
  return isHex(text) && [32, 40, 64, 128].includes(text.length);
}
