import { isBorder } from './border.ts';
import { passes } from './checks.ts';
import { type CompiledRule, denseStride, maxSecretLength } from './compiled-rule.ts';
import type { Hit } from './hit.ts';

/** So much before its window a pattern may look back at. */
const lookBack = 400;

/** So much before a secret its checks look at. */
const maxBefore = 500;

/** Looks at one text around keywords that come in rising order; what was looked at for one is not looked at again for the next. */
export function readRules(text: string, hits: Hit[]): { at(compiled: CompiledRule, start: number, end: number): void } {
  const progress = new Map<CompiledRule, Progress>();
  return { at };

  function at(compiled: CompiledRule, start: number, end: number): void {
    const known = progress.get(compiled) ?? freshProgress();
    const { lookedUpTo } = known;
    const reaches = compiled.isLeading || compiled.isAnchored ? start : end + (compiled.rule.near?.[1] ?? 0);
    if (lookedUpTo > start && start >= known.lookedFrom && lookedUpTo > reaches) return;
    if (!mayMatch(compiled, known, text, start, end)) {
      progress.set(compiled, known);
      return;
    }
    const upTo = apply(compiled, { text, start, end, lookedUpTo, known }, hits);
    if (upTo > 0) known.lookedUpTo = upTo;
    progress.set(compiled, known);
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
  /** The end of a run of token characters in which the rule found nothing, and how often it did not. */
  runEnd: number;
  vain: number;
}

function freshProgress(): Progress {
  return { lookedFrom: 0, lookedUpTo: 0, needAt: -1, clearUpTo: 0, runEnd: 0, vain: 0 };
}

/** What a rule needs is no longer than this. */
const maxNeedLength = 16;

/** False where something that every match has does not stand in the window; it is sought once a text, not once a keyword. */
function mayMatch({ rule }: CompiledRule, known: Progress, text: string, start: number, end: number): boolean {
  if (rule.needs === undefined) return true;
  const [before = 0, after = 0] = rule.near ?? [];
  const upTo = Math.min(text.length, end + after);
  if (known.needAt >= start - before) return known.needAt < upTo;
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
  readonly lookedUpTo: number;
  readonly known: Progress;
}

/** Adds the hits of one rule around one keyword; returns how far the text need not be looked at again, or 0. */
function apply(compiled: CompiledRule, { text, start, end, lookedUpTo, known }: Occurrence, hits: Hit[]): number {
  const { name, rule, pattern, isLeading, isAnchored, checksBefore } = compiled;
  if (isLeading) {
    if (!isBorder(text, start)) return 0;
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    const upTo = match === null ? 0 : (add(match, 0, text)?.end ?? 0);
    return upTo > 0 ? upTo : inVain(known, text, start, hits);
  }
  const [before, after] = rule.near ?? [0, 0];
  if (isAnchored) {
    const match = pattern.exec(text.slice(start, end + after + maxSecretLength + denseStride));
    pattern.lastIndex = 0;
    const hit = match === null ? null : add(match, start, match.input);
    // What a keyword leads to by passing over others, those lead to as well; those that stand in a secret are part of it.
    if (match !== null && rule.needs !== undefined) return secretStart(match, start);
    known.lookedFrom = hit?.start ?? 0;
    return hit?.end ?? 0;
  }
  const from = Math.max(0, start - before, lookedUpTo);
  const base = Math.max(0, from - lookBack);
  const last = end + after + (lookedUpTo > start ? denseStride : 0);
  const window = text.slice(base, last + compiled.longest);
  let reached = last;
  pattern.lastIndex = from - base;
  for (let match = pattern.exec(window); match !== null && base + match.index <= last; match = pattern.exec(window)) {
    reached = Math.max(reached, add(match, base, window)?.end ?? 0);
    if (match[0] === '') pattern.lastIndex += 1;
  }
  return reached;

  /** A place before the secret of a match and after all it passes over: the secret ends the match. */
  function secretStart(match: RegExpExecArray, offset: number): number {
    const group = compiled.secretGroups.find((candidate) => match.groups?.[candidate] !== undefined);
    return offset + match[0].lastIndexOf(match.groups?.[group ?? ''] ?? '');
  }

  function add(match: RegExpExecArray, offset: number, searched: string): Hit | null {
    const group = compiled.secretGroups.find((candidate) => match.groups?.[candidate] !== undefined);
    const secret = group === undefined ? match[0] : (match.groups?.[group] ?? '');
    if (!checksBefore && !(rule.checks ?? []).every((check) => passes(check, secret, ''))) return null;
    const start = offset + (group === undefined ? match.index : placeOf(compiled, match, group, searched));
    if (checksBefore && !(rule.checks ?? []).every((check) => passes(check, secret, text.slice(Math.max(0, start - maxBefore), start)))) return null;
    const hit = { rule: name, kind: rule.kind ?? 'token', start, end: start + secret.length };
    hits.push(hit);
    return hit;
  }
}

/** Where a group of the match at `index` begins. Patterns that tell it are slow, so it is asked only for what is removed. */
function placeOf({ placing, endsInSecret }: CompiledRule, match: RegExpExecArray, group: string, searched: string): number {
  const { index } = match;
  if (endsInSecret) return index + match[0].length - (match.groups?.[group]?.length ?? 0);
  placing.lastIndex = index;
  return placing.exec(searched)?.indices?.groups?.[group]?.[0] ?? index;
}

/** Beginnings of a token that lead to none, so many in one run of its characters, are nobody's writing: the rest of the run is dropped. */
const maxVain = 24;
const tokenRun = /[\w.~+/=%:-]{0,4096}/y;

function inVain(known: Progress, text: string, start: number, hits: Hit[]): number {
  if (start >= known.runEnd) {
    tokenRun.lastIndex = start;
    known.runEnd = start + (tokenRun.exec(text)?.[0].length ?? 0);
    known.vain = 0;
  }
  known.vain += 1;
  if (known.vain <= maxVain) return 0;
  hits.push({ rule: 'context/too-dense', kind: 'value', start, end: known.runEnd });
  return known.runEnd;
}
