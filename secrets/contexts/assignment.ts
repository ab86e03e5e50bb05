import type { Hit } from '../hit.ts';
import { isRandom } from '../looks.ts';
import { isAbout, type NameVerdict } from '../names.ts';
import { isSecretValue, mayBeSecretValue, saysNothing, type Surroundings } from './acceptance.ts';
import { readTables } from './columns.ts';
import { endOfBlob, type Identifier, identifierAround, wordBefore } from './identifier.ts';
import { createLineWords } from './line-words.ts';
import { looksChosen, readList } from './list-reader.ts';
import { createNameDensity } from './name-density.ts';
import { endsLine, isInTag, isKey, mayHaveOtherSide, namesNothing, skipQualifier, skipScheme, tagOpenedAt } from './name-places.ts';
import { type Separator, separatorAfter } from './separator.ts';
import { readSiblings } from './siblings.ts';
import { readBare, readQuoted, readValue, type ReadValue } from './value-reader.ts';

export interface NameReader {
  /** The hits that the name around `[start, end)` leads to; a name is read once for all its words. */
  at(start: number, end: number): readonly Hit[];
}

/** Names inside a value longer than this are not read on their own. */
const maxInnerLength = 256;

/** So far back a vendor's word speaks for a name. */
const vendorReach = 100;

const none: readonly Hit[] = [];
const noValue: readonly ReadValue[] = [];

const afterQuoted = /\\{0,3}["'`]\s{0,2}(?:[-=]>|\|)\s{0,2}/y;
const afterBare = /\s{0,2}(?:->|\|)\s{0,2}/y;

/** Reads names and the values that follow them in one text; `isVendor` tells whether a text has a vendor's word. */
export function readNames(text: string, judge: (name: string) => NameVerdict, isVendor: (name: string) => boolean): NameReader {
  let readUpTo = -1;
  const findLine = createLineWords(text);
  const tables = readTables(text, judge);
  const siblings = readSiblings(text, findLine);
  const density = createNameDensity();
  return { at };

  function at(start: number, end: number): readonly Hit[] {
    if (end <= readUpTo) return none;
    const name = identifierAround(text, start, end);
    if (name === null) {
      readUpTo = Math.max(readUpTo, endOfBlob(text, start));
      return none;
    }
    readUpTo = name.end;
    const verdict = verdictOf(name);
    if (verdict === null || namesNothing(text, name.start)) return none;
    const dense = density.count(name.start);
    if (dense !== null) {
      readUpTo = Math.max(readUpTo, dense.skipped);
      return [{ rule: 'context/too-dense', kind: 'value', start: name.start, end: Math.min(text.length, dense.masked) }];
    }
    const values = valuesOf(name, verdict);
    if (values.length === 0) return none;
    const rule = verdict === 'vendor' ? 'context/vendor-name' : 'context/secret-name';
    return values.map((value) => ({ rule, kind: kindOf(name.text), start: value.start, end: value.end }));
  }

  function verdictOf(name: Identifier): Surroundings['verdict'] | null {
    let verdict = judge(name.text);
    const before = wordBefore(text, name.start);
    if (before !== '') {
      if (digestHeads.has(before[0] ?? '') && /^(?:checksum|sha\d*|hash|digest|etag|integrity)$/i.test(before)) return null;
      const longer = verdict === 'secret' ? verdict : judge(`${before} ${name.text}`);
      if (longer !== 'unknown') verdict = longer;
    }
    if (verdict === 'public') return null;
    if (verdict === 'secret') return 'secret';
    if (isVendor(name.text) && !isAbout(name.text)) return verdict === 'perhaps' ? 'secret' : 'vendor';
    return verdict === 'perhaps' || /^(?:access|private|code)$/i.test(name.text) ? 'perhaps' : null;
  }

  function valuesOf(name: Identifier, verdict: Surroundings['verdict']): readonly ReadValue[] {
    const beside = verdict === 'secret' ? siblings.of(name.start, name.end) : null;
    if (beside !== null) return accepted([beside], name, { verdict, bond: 'assigned', isSpaced: true, place: 'inline' }); // other names may stand between the two
    const tail = randomTail(name);
    if (tail !== null && verdict !== 'perhaps') return isVendorNear(name) ? [tail] : noValue;
    const qualified = skipQualifier(text, name.end);
    const separator = separatorOf(name, qualified);
    if (verdict === 'secret' && (separator === null || hasBar(name.end, separator.at))) {
      const cells = tables.below(name.start, name.end);
      if (cells.length > 0) return accepted(cells, name, { verdict, bond: 'assigned', isSpaced: false, place: 'inline' }); // names may stand between them
    }
    if (separator === null) return noValue;
    const items = verdict === 'secret' && separator.bond === 'assigned' ? readList(text, separator.at) : noValue;
    if (items.length > 0) return accepted(items.filter(({ start, end }) => looksChosen(text.slice(start, end), name.text)), name, { verdict, bond: 'assigned', isSpaced: false, place: 'inline' }); // names may stand between them
    const value = valueBehind(name, separator);
    if (value === null || isKey(text, value)) return noValue;
    if (value.end - value.start > maxInnerLength) readUpTo = Math.max(readUpTo, value.end);
    const isSpaced = text[separator.at - 1] === ' ' && text[qualified] === ' ';
    const other = otherSide(value);
    return kept(other === null ? [value] : [value, other], name, { verdict, bond: separator.bond, isSpaced, place: separator.bond === 'beside' ? placeOf(name, qualified, value) : 'inline' });
  }

  function separatorOf(name: Identifier, qualified: number): Separator | null {
    const opened = tagOpenedAt(text, name);
    return opened === null ? separatorAfter(text, qualified, name.isFlag) : { bond: 'assigned', at: opened };
  }

  function hasBar(from: number, to: number): boolean {
    for (let at = from; at < to; at += 1) if (text[at] === '|' || text[at] === '\t') return true;
    return false;
  }

  function isVendorNear(name: Identifier): boolean {
    return isVendor(text.slice(Math.max(0, name.start - vendorReach), name.end));
  }

  /** What the line says of a value that stands beside its name with nothing but blanks between. */
  function placeOf(name: Identifier, nameEnd: number, value: ReadValue): Surroundings['place'] {
    if (nameEnd > name.end) return / (?:is|was)$/.test(text.slice(name.end, nameEnd)) ? 'said' : 'inline';
    if (!endsLine(text, value.end)) return 'inline';
    const near = text.slice(Math.max(0, name.start - 100), name.start);
    const before = near.slice(near.lastIndexOf('\n') + 1);
    if (declares.test(before)) return 'declared';
    if (!/^[ \t]*(?:[\w-]{2,20} [\w.@-]{1,40} |[a-z][\w-]{1,20} )?$/.test(before)) return 'inline';
    return value.start - nameEnd >= 2 && before.trim() === '' ? 'column' : 'line';
  }

  function valueBehind(name: Identifier, separator: Separator): ReadValue | null {
    const from = skipScheme(text, separator.at);
    if (text[separator.at - 1] !== '>' || /[=-]/.test(text[separator.at - 2] ?? '')) return readValue(text, from, findLine);
    return isInTag(text, name.start) ? readTagged(text, from) : null;
  }

  /** `"old" -> "new"` of Terraform, and `'one' | 'other'`. */
  function otherSide(value: ReadValue): ReadValue | null {
    if (!mayHaveOtherSide(text, value)) return null;
    const arrows = value.isQuoted ? afterQuoted : afterBare;
    arrows.lastIndex = value.end;
    if (!arrows.test(text)) return null;
    const at = arrows.lastIndex;
    return readQuoted(text, at) ?? readBare(text, at);
  }

  function accepted(values: readonly ReadValue[], name: Identifier, { verdict, bond, isSpaced, place }: Told): readonly ReadValue[] {
    let found: ReadValue[] | null = null;
    for (const value of values) {
      const { start, end, isQuoted } = value;
      if (!mayBeSecretValue(end - start, { bond, place, isQuoted })) continue;
      const told = text.slice(start, end).trim();
      if (saysNothing(told) || !isSecretValue(told, { verdict, bond, isSpaced, place, isQuoted, name: name.text, isVendorNear: () => isVendorNear(name) })) continue;
      if (found === null) found = [value];
      else found.push(value);
    }
    return found ?? noValue;
  }

  function kept(values: readonly ReadValue[], name: Identifier, told: Told): readonly ReadValue[] {
    const secret = accepted(values, name, told);
    if (secret[0] === values[0]) for (const value of secret) readUpTo = Math.max(readUpTo, value.end); // else a name between may lead to the first
    return secret;
  }
}

/** What the name and its line say of a value. */
type Told = Omit<Surroundings, 'name' | 'isQuoted' | 'isVendorNear'>;

/** What the words begin with that tell of a digest. */
const digestHeads = new Set('cshdeiCSHDEI'.split(''));

/** `mediastack-SECRET-abc123…`: the value is written on to the name. */
function randomTail(name: Identifier): ReadValue | null {
  if (name.text.length < 20) return null;
  const tail = /[-.](?<tail>[A-Za-z0-9]{16,})$/.exec(name.text)?.groups?.['tail'];
  return tail === undefined || !isRandom(tail) ? null : { start: name.end - tail.length, end: name.end, isQuoted: false };
}

/** Words before a name that declare a variable, whose value follows after a blank. */
const declares = /(?:^|[ \t;&|$#>])(?:(?:set -[gxU]{1,3}|setenv|ENV|ARG|LABEL|export|env:set|SetEnv|fastcgi_param|config:set|pm2 set|unset|config set|secrets? set|git config(?: --\w+)?) )$/;

function readTagged(text: string, at: number): ReadValue | null {
  const end = text.indexOf('<', at);
  return end <= at || end - at > 4_096 || text[end + 1] !== '/' ? null : { start: at, end, isQuoted: true };
}

function kindOf(name: string): string {
  if (/pass|pwd/i.test(name)) return 'password';
  if (/token|jwt|bearer/i.test(name)) return 'token';
  return /key/i.test(name) ? 'key' : 'value';
}
