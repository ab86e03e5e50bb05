import { at as mark, backslash, colon, dash, digit, dot, isBlank, kindOf, kindsOf, lower, slash, upper } from './characters.ts';
import { bitsPerCharacter } from './entropy.ts';

const uuid = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const hex = /^[0-9a-f]+$/i;
const timestamp = /^\d{4}-?\d\d-?\d\d(?:[T _]\d\d:?\d\d(?::?\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;
const version = /^[~^<>=]{0,2} ?v?\d+(?:\.\d+){1,4}(?:[-+._]?[A-Za-z]+[\w.-]*)?$/;
const cloudId = /^(?:[a-z]{1,12}-(?:[a-z]{1,6}-)?[0-9a-f]{8,17}|ami-\w+|[a-z]{2}-[a-z]+-\d[a-z]?)$/;

const alphanumeric = lower | upper | digit;

export function isUuid(text: string): boolean {
  return uuid.test(text) && text.includes('-');
}

export function isHex(text: string): boolean {
  return hex.test(text);
}

/** True where the text tells itself: a date, a version, a cloud's resource id, a path, an address, an ARN. */
export function isPlain(text: string): boolean {
  const kinds = kindsOf(text);
  const has = (some: number): boolean => (kinds & some) !== 0;
  if (has(digit) && timestamp.test(text)) return true;
  if (certificateInBase64.test(text)) return true;
  if (!has(dot | dash | colon | mark | slash | backslash)) return false;
  if (has(dot) && text.length < 32 && version.test(text)) return true;
  if (has(dash) && (cloudId.test(text) || /^-----BEGIN (?:CERT|PUBLIC)/.test(text))) return true;
  if (has(mark) && (text.includes('@sha256:') || /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(text))) return true;
  if (has(colon | dash | slash) && /^(?:arn:|urn:|https?:\/\/|s3:\/\/|gs:\/\/|file:\/\/|data:|sha(?:1|256|384|512)[:-]|ssh-(?:rsa|ed25519|dss) |ecdsa-sha2-|projects\/|\/subscriptions\/)/i.test(text)) return true;
  if (has(slash | backslash) && /^(?:\.{0,2}\/|~\/|[A-Za-z]:\\)[\w./ \\@~-]*$/.test(text) && /[/\\]/.test(text.slice(1)) && !isDense(text)) return true;
  if (!has(dot)) return false;
  if (/^\d{1,3}(?:\.\d{1,3}){3}(?:[:/]\d+)?$/.test(text)) return true;
  return /^(?:[a-z0-9-]+\.)+(?:com|net|org|io|internal|local|cloud|dev|app|svc|example|test)(?:[:/].*)?$/i.test(text);
}

const certificateInBase64 = /^LS0tLS1CRUdJTi(?:BDRVJU|BQVUJM)/;

/**
 * How often the kind of character changes (letter to digit, lower to upper inside a word), per character: words and
 * numbers written together stay below 0.2, random text of letters and digits lies above 0.35.
 */
export function changeRate(text: string): number {
  let changes = 0;
  let pairs = 0;
  let before = 0;
  for (let at = 0; at < text.length; at += 1) {
    const now = kindOf(text.charCodeAt(at)) & alphanumeric;
    if (before !== 0 && now !== 0) {
      pairs += 1;
      if (before !== now) changes += before === upper && now === lower ? 0.5 : 1;
    }
    before = now;
  }
  return pairs === 0 ? 0 : changes / pairs;
}

/** True where the text looks drawn at random rather than written by a person. */
export function isRandom(text: string): boolean {
  const core = withoutPadding(text);
  if (core.length < 12 || isPlain(core)) return false;
  if (!/[A-Za-z]/.test(core)) return false;
  if (!/\d/.test(core)) return core.length >= 20 && bitsPerCharacter(core) > 3.6 && (changeRate(core) > 0.3 || isUnspeakable(core));
  if (isHex(core)) return core.length >= 16 && bitsPerCharacter(core) > 2.6;
  if (isUuid(core)) return true;
  return bitsPerCharacter(core) > 2.8 && (isDense(core) || (core.length >= 20 && changeRate(core) >= 0.18 && isUnspeakable(core)));
}

function withoutPadding(text: string): string {
  let end = text.length;
  while (end > 0 && (text.charCodeAt(end - 1) === equals || isBlank(text.charCodeAt(end - 1)))) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

const equals = 61;

function isDense(text: string): boolean {
  return changeRate(text) >= 0.22 && text.replace(/[^A-Za-z0-9]/g, '').length >= 10;
}

/** True where too many letter pairs are ones that words do not have. */
export function isUnspeakable(text: string): boolean {
  const letters = text.toLowerCase();
  let rare = 0;
  let pairs = 0;
  let before = -1;
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters.charCodeAt(at) - firstLetter;
    const isLetter = letter >= 0 && letter < alphabet;
    if (isLetter && before >= 0) {
      pairs += 1;
      if (isCommon[before * alphabet + letter] === 0) rare += 1;
    }
    before = isLetter ? letter : -1;
  }
  return pairs < 4 || rare / pairs > 0.35;
}

/** The letter pairs that make up most of English text and of technical names. */
const commonPairs = `
  th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic ne ea ra ce li ch
  ll be ma si om ur ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so rs un lo wa ge ie wh ee wi em ad ol rt
  po we na ul ni ts mo ow pa im mi ai sh ir su id os iv ia am fi ci vi pl ig tu ev ld ry mp fe bl ab gh ty op wo sa ay ex ke fr oo
  av ag if ap gr od bo sp rd do uc bu ei ov by rm ep tt oc fa ef cu rn sc gi da yo cr cl du ga qu ue ff ba ey ls va um pp ua up lu
  go ht ru ug ds lt pi rc rr eg au ck ew mu br bi pt ak pu ui rg ib tl ny ki rk ys ob mm fu ph og ms ye ud mb ip ub oi rl gu dr hr
  cc tw ft wn nu af hu nn eo vo rv nf xp gn sm fl iz ok nl my gl aw ju oa eq sy sl ps jo lf nv je nk kn gs dy hy ze ks xt bs ik dd
  pc xi ft db ml js ss aw ws ec vp cp`.trim().split(/\s+/);

const firstLetter = 97;
const alphabet = 26;
const isCommon = new Uint8Array(alphabet * alphabet);
for (const pair of commonPairs) isCommon[(pair.charCodeAt(0) - firstLetter) * alphabet + pair.charCodeAt(1) - firstLetter] = 1;
