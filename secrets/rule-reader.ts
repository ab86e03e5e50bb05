import { isBorder } from './border.ts';
import { passes } from './checks.ts';
import { type CompiledRule, denseStride, maxSecretLength } from './compiled-rule.ts';
import type { Hit } from './hit.ts';

/** So much before its window a pattern may look back at. */
const lookBack = 400;

/** Keywords that are no further apart stand close together. */
const closeBy = 64;

/** So much before a secret its checks look at. */
const maxBefore = 500;

/** A rule with one of its keywords. */
export interface KeyedRule {
  /** The keyword as it must be written where case matters. */
  readonly exact: string | null;
  readonly compiled: CompiledRule;
}

/** Looks at one text around keywords that come in rising order; what was looked at for one is not looked at again for the next. */
export interface RuleReader {
  at(rules: readonly KeyedRule[], start: number, end: number): void;
}

/** Makes readers for rules that are numbered below `ruleCount`. */
export function createRuleReader(ruleCount: number): (text: string, hits: Hit[]) => RuleReader {
  const untried: readonly (Progress | undefined)[] = Array.from({ length: ruleCount }, () => undefined);
  return (text, hits) => readRules(text, hits, untried.slice());
}

function readRules(text: string, hits: Hit[], progress: (Progress | undefined)[]): RuleReader {
  const place: Place = { at: -1, isBorder: false, runEnd: 0, vain: 0, droppedUpTo: 0 };
  return { at };

  function at(rules: readonly KeyedRule[], start: number, end: number): void {
    const isDropped = start < place.droppedUpTo;
    for (const { exact, compiled } of rules) {
      if (isDropped && compiled.isLeading) continue;
      if (exact !== null && text.charCodeAt(start) !== exact.charCodeAt(0)) continue; // most are told by their first letter's case
      if (compiled.isLeading && !isBorderOf(place, text, start)) continue;
      if (exact !== null && !text.startsWith(exact, start)) continue;
      const known = (progress[compiled.index] ??= freshProgress());
      const { lookedUpTo } = known;
      const reaches = compiled.isLeading || compiled.isAnchored ? start : end + (compiled.rule.near?.[1] ?? 0);
      if (lookedUpTo > start && start >= known.lookedFrom && lookedUpTo > reaches) continue;
      if (!mayMatch(compiled, known, text, start, end)) continue;
      const upTo = apply(compiled, { text, start, end, known, place }, hits);
      if (upTo > 0) known.lookedUpTo = upTo;
    }
  }
}

/** What is known of one rule in one text. */
interface Progress {
  /** The rule need not look again between these. */
  lookedFrom: number;
  lookedUpTo: number;
  /** Where what the rule needs stands next, and up to where it does not. */
  needAt: number;
  clearUpTo: number;
  /** Where the next character stands that the rule does not pass over, and up to where keywords have what they lead to. */
  stopAt: number;
  answeredUpTo: number;
  /** The end of a run of token characters in which the rule found nothing, and how often it did not. */
  runEnd: number;
  vain: number;
}

function freshProgress(): Progress {
  return { lookedFrom: 0, lookedUpTo: 0, needAt: -1, clearUpTo: 0, stopAt: -1, answeredUpTo: 0, runEnd: 0, vain: 0 };
}

/** What is the same for all rules at one place: whether a token may begin there, and where its run of characters ends. */
interface Place {
  at: number;
  isBorder: boolean;
  runEnd: number;
  /** How many rules found nothing in the run, and up to where none looks for a token any more. */
  vain: number;
  droppedUpTo: number;
}

function isBorderOf(place: Place, text: string, start: number): boolean {
  if (place.at !== start) {
    place.at = start;
    place.isBorder = isBorder(text, start);
  }
  return place.isBorder;
}

/** What a rule needs is no longer than this. */
const maxNeedLength = 16;

/** So far behind its keyword a token may have what its rule needs. */
const leadingReach = 2_100;

/** False where something that every match has does not stand in the window; it is sought once a text, not once a keyword. */
function mayMatch({ rule, isLeading }: CompiledRule, known: Progress, text: string, start: number, end: number): boolean {
  if (rule.needs === undefined) return true;
  const [before = 0, after = isLeading ? leadingReach : 0] = rule.near ?? [];
  const upTo = Math.min(text.length, end + after);
  if (known.needAt >= start - before) return known.needAt < upTo;
  if (typeof rule.needs === 'string') {
    const next = text.indexOf(rule.needs, Math.max(0, start - before));
    known.needAt = next < 0 ? text.length : next;
    return known.needAt < upTo;
  }
  const from = Math.max(0, start - before, known.clearUpTo);
  const found = from < upTo ? text.slice(from, upTo).search(rule.needs) : -1;
  if (found >= 0) known.needAt = from + found;
  else known.clearUpTo = Math.max(from, upTo - maxNeedLength);
  return found >= 0;
}

/** A keyword in a text. */
interface Occurrence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly known: Progress;
  readonly place: Place;
}

/** Adds the hits of one rule around one keyword; returns how far the text need not be looked at again, or 0. */
function apply(compiled: CompiledRule, occurrence: Occurrence, hits: Hit[]): number {
  if (compiled.isLeading) return lead(compiled, occurrence, hits);
  if (compiled.passingOver !== null) return passOver(compiled, compiled.passingOver, occurrence, hits);
  return compiled.isAnchored ? begin(compiled, occurrence, hits) : search(compiled, occurrence, hits);
}

/** The match begins with the keyword, at a border. */
function lead(compiled: CompiledRule, { text, start, known, place }: Occurrence, hits: Hit[]): number {
  const { pattern } = compiled;
  pattern.lastIndex = start;
  const match = pattern.exec(text);
  const end = match === null ? 0 : add(compiled, { match, offset: 0, text }, hits);
  return end > 0 ? end : inVain(known, place, { text, start }, hits);
}

/** The match begins with the keyword, whatever stands before. */
function begin(compiled: CompiledRule, { text, start, end, known }: Occurrence, hits: Hit[]): number {
  const { pattern, rule } = compiled;
  const [, after] = rule.near ?? [0, 0];
  const match = pattern.exec(text.slice(start, end + after + maxSecretLength + denseStride));
  pattern.lastIndex = 0;
  const found = match === null ? 0 : add(compiled, { match, offset: start, text }, hits);
  // What a keyword leads to by passing over others, those lead to as well; those that stand in a secret are part of it.
  if (match !== null && rule.needs instanceof RegExp) return secretStart(compiled, match, start);
  known.lookedFrom = found > 0 ? (hits.at(-1)?.start ?? 0) : 0;
  return found;
}

/** The match lies behind the keyword and behind nothing that ends a command; the first one counts, for all keywords before it. */
function passOver(compiled: CompiledRule, { opens, stops }: NonNullable<CompiledRule['passingOver']>, { text, start, end, known }: Occurrence, hits: Hit[]): number {
  const { pattern, rule } = compiled;
  if (start < known.answeredUpTo) return 0;
  let first = start;
  if (opens !== null) {
    opens.lastIndex = start;
    if (!opens.test(text)) return 0;
    first = opens.lastIndex;
  }
  if (known.stopAt < first) {
    stops.lastIndex = first;
    known.stopAt = stops.exec(text)?.index ?? text.length;
  }
  const last = Math.min(known.stopAt, end + (rule.near?.[1] ?? 0) + (known.lookedUpTo > start ? denseStride : 0));
  const from = Math.max(first, known.lookedUpTo);
  if (from > last) return 0;
  const window = text.slice(from, last + compiled.longest);
  pattern.lastIndex = 0;
  const match = pattern.exec(window);
  if (match === null || from + match.index > last) return last;
  add(compiled, { match, offset: from, text }, hits);
  known.answeredUpTo = secretStart(compiled, match, from);
  return known.answeredUpTo;
}

/** Matches may lie anywhere around the keyword. */
function search(compiled: CompiledRule, { text, start, end, known }: Occurrence, hits: Hit[]): number {
  const { pattern, rule } = compiled;
  const { lookedUpTo } = known;
  const [before, after] = rule.near ?? [0, 0];
  const from = Math.max(0, start - before, lookedUpTo);
  const base = Math.max(0, from - lookBack);
  // What ends with its keyword is looked for up to the next one only, so that keywords close to one another never meet.
  const isDense = lookedUpTo > start || (after === 0 && rule.needs === undefined && lookedUpTo > Math.max(0, start - closeBy));
  const last = end + after + (isDense ? denseStride : 0);
  const window = text.slice(base, last + compiled.longest);
  let reached = last;
  pattern.lastIndex = from - base;
  for (let match = pattern.exec(window); match !== null && base + match.index <= last; match = pattern.exec(window)) {
    reached = Math.max(reached, add(compiled, { match, offset: base, text }, hits));
    if (match[0] === '') pattern.lastIndex += 1;
  }
  return reached;
}

/** A match in a piece of a text that begins at an offset. */
interface Found {
  readonly match: RegExpExecArray;
  readonly offset: number;
  readonly text: string;
}

/** Adds what a match tells, if it passes the checks of its rule; returns where it ends, or 0. */
function add(compiled: CompiledRule, { match, offset, text }: Found, hits: Hit[]): number {
  const { name, rule, checksBefore } = compiled;
  const group = groupOf(compiled, match);
  const secret = group === null ? match[0] : (match.groups?.[group] ?? '');
  if (!checksBefore && !passesAll(rule.checks, secret, '')) return 0;
  const start = offset + (group === null ? match.index : placeOf(compiled, match, group));
  if (checksBefore && !passesAll(rule.checks, secret, text.slice(Math.max(0, start - maxBefore), start))) return 0;
  hits.push({ rule: name, kind: rule.kind ?? 'token', start, end: start + secret.length });
  return start + secret.length;
}

function passesAll(checks: CompiledRule['rule']['checks'], secret: string, before: string): boolean {
  return checks === undefined || checks.every((check) => passes(check, secret, before));
}

/** The group of a match that holds the secret. */
function groupOf({ secretGroups }: CompiledRule, match: RegExpExecArray): string | null {
  for (const group of secretGroups) if (match.groups?.[group] !== undefined) return group;
  return null;
}

/** A place before the secret of a match and after all it passes over: the secret ends the match. */
function secretStart(compiled: CompiledRule, match: RegExpExecArray, offset: number): number {
  return offset + match.index + match[0].lastIndexOf(match.groups?.[groupOf(compiled, match) ?? ''] ?? '');
}

/** Where a group of a match begins. Patterns that tell it are slow, so it is asked only for what is removed. */
function placeOf({ placing, endsInSecret, isQuoted }: CompiledRule, match: RegExpExecArray, group: string): number {
  const { index, groups } = match;
  if (endsInSecret) return index + match[0].length - (groups?.[group]?.length ?? 0) - (isQuoted ? (groups?.['q']?.length ?? 0) : 0);
  placing.lastIndex = index;
  return placing.exec(match.input)?.indices?.groups?.[group]?.[0] ?? index;
}

/** Beginnings of a token that lead to none, so many in one run of its characters, are nobody's writing: the rest of the run is dropped. */
const maxVain = 24;

/** The same for all rules together. */
const maxVainOfAll = 96;
const tokenRun = /[\w.~+/=%:-]{0,4096}/y;

function inVain(known: Progress, place: Place, { text, start }: { readonly text: string; readonly start: number }, hits: Hit[]): number {
  if (start >= known.runEnd) {
    if (start >= place.runEnd) {
      tokenRun.lastIndex = start;
      place.runEnd = start + (tokenRun.exec(text)?.[0].length ?? 0);
      place.vain = 0;
    }
    known.runEnd = place.runEnd;
    known.vain = 0;
  }
  known.vain += 1;
  place.vain += 1;
  if (known.vain <= maxVain && place.vain <= maxVainOfAll) return 0;
  if (place.vain > maxVainOfAll) place.droppedUpTo = place.runEnd;
  hits.push({ rule: 'context/too-dense', kind: 'value', start, end: known.runEnd });
  return known.runEnd;
}
