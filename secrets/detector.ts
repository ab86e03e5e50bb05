import { createAutomaton } from './automaton.ts';
import { passes } from './checks.ts';
import { readNames } from './contexts/assignment.ts';
import { encodedKeywords, readBlobs } from './contexts/encoded.ts';
import { pemKeyword, readPems } from './contexts/pem.ts';
import { createLongRuns } from './contexts/long-runs.ts';
import { families as allFamilies } from './families.ts';
import type { Family, SecretRule } from './family.ts';
import type { Detect, Hit } from './hit.ts';
import { changeRate } from './looks.ts';
import { createNameJudge, createVendorFinder, nameWords } from './names.ts';
import { documentHits, shapePlace, type ShapePlace, structureKeywords } from './structure/documents.ts';
import { readYaml, yamlKeywords } from './structure/yaml-blocks.ts';
import { createPlaceholderCursor } from './values.ts';

export interface DetectorOptions {
  readonly families?: readonly Family[];
  /** Names that a customer calls secret. */
  readonly names?: readonly string[];
  /** Names that a customer calls plain. */
  readonly publicNames?: readonly string[];
  /** Called again and again during a look; what it throws ends the look. */
  readonly pace?: () => void;
}

interface KeyedRule {
  /** The keyword as it must be written where case matters. */
  readonly exact: string | null;
  readonly compiled: CompiledRule;
}

interface CompiledRule {
  readonly name: string;
  readonly rule: SecretRule;
  readonly pattern: RegExp;
  readonly isLeading: boolean;
  /** True where the pattern begins at the keyword itself. */
  readonly isAnchored: boolean;
  /** The same pattern, telling where its groups lie, and the names of those that hold the secret. */
  readonly placing: RegExp;
  readonly secretGroups: readonly string[];
  /** True where nothing but a look ahead follows the group. */
  readonly endsInSecret: boolean;
  /** A match is no longer than this, with what is looked for behind it. */
  readonly longest: number;
  /** True where a check looks at what stands before the secret. */
  readonly checksBefore: boolean;
}

/** Every keyword of the default pattern pass, in lower case; for benches. */
export function detectorKeywords(): readonly string[] {
  const words = allFamilies.flatMap((family) => [...(family.words ?? []), ...(family.rules ?? []).flatMap((rule) => rule.keywords)]);
  return [...keywordKinds({ rulesByWord: new Map(words.map((word) => [word.toLowerCase(), null])), nameKeywords: new Set(nameWords) }).keys()];
}

/** The pattern pass over any text: keywords in one pass, then rules on bounded windows around them. */
export function createDetector({ families = allFamilies, names = [], publicNames = [], pace = () => {} }: DetectorOptions = {}): Detect {
  const judge = createNameJudge(names, publicNames);
  const rulesByWord = new Map<string, KeyedRule[]>();
  for (const family of families) for (const rule of family.rules ?? []) addRule(family, rule);
  const vendorWords = new Set(families.flatMap((family) => family.words ?? []));
  const nameKeywords = new Set([...nameWords, ...names.map((name) => name.toLowerCase()), ...vendorWords]);
  const kinds = keywordKinds({ rulesByWord, nameKeywords });
  const keywords = [...kinds.keys()];
  const kindOf = [...kinds.values()];
  const rulesOf = keywords.map((word) => rulesByWord.get(word) ?? []);
  const isVendor = createVendorFinder(vendorWords);
  const automaton = createAutomaton(keywords);
  const findRuns = createLongRuns();
  return (text) => look(text, 0);

  function look(text: string, depth: number): readonly Hit[] {
    const hits: Hit[] = [...findRuns(text)];
    const shapes: ShapePlace[] = [];
    const reader = readNames(text, judge, isVendor);
    const pems = readPems(text);
    const yaml = readYaml(text);
    let told = 0;
    const isPlaced = createPlaceholderCursor(text);
    const blobs = readBlobs(text, depth < maxDepth ? (inner) => look(inner, depth + 1) : unseen);
    const progress = new Map<CompiledRule, Progress>();
    automaton.scan(text, (keyword, end) => {
      told += 1;
      if (told % keywordsPerPace === 0) pace();
      const start = end - (keywords[keyword]?.length ?? 0);
      if (isPlaced(end)) return;
      const kind = kindOf[keyword] ?? 0;
      if ((kind & isName) !== 0) hits.push(...reader.at(start, end));
      if ((kind & isRule) !== 0) {
        for (const { exact, compiled } of rulesOf[keyword] ?? []) {
          if (exact !== null && !text.startsWith(exact, start)) continue;
          const known = progress.get(compiled) ?? freshProgress();
          const { lookedUpTo } = known;
          if (lookedUpTo > start && start >= known.lookedFrom && (compiled.isLeading || compiled.isAnchored || lookedUpTo > end + (compiled.rule.near?.[1] ?? 0))) continue;
          if (!mayMatch(compiled, known, text, start, end)) continue;
          const upTo = apply(compiled, { text, start, end, lookedUpTo, known }, hits);
          if (upTo > 0) known.lookedUpTo = upTo;
          progress.set(compiled, known);
        }
      }
      if ((kind & isShape) !== 0) push(shapes, shapePlace(text, keywords[keyword] ?? '', start));
      if ((kind & isYaml) !== 0) hits.push(...yaml.at(start));
      if ((kind & isPem) !== 0) push(hits, pems.at(start));
      if ((kind & isEncoded) !== 0) push(hits, blobs.at(start));
    });
    return shapes.length === 0 ? hits : [...hits, ...documentHits(text, shapes, judge, (inner) => (depth < maxDepth ? look(inner, depth + 1) : []))];
  }

  function addRule(family: Family, rule: SecretRule): void {
    const { near, checks = [] } = rule;
    const isLeading = near === undefined;
    const { source } = rule.pattern;
    const checksBefore = checks.includes('named-secret') || checks.includes('asked-for');
    const flags = `${rule.pattern.flags.replace(/[dgy]/g, '')}${isLeading ? 'y' : 'g'}`;
    const secretGroups = [...source.matchAll(/\(\?<(secret\w*)>/g)].map(([, group]) => group ?? '');
    const compiled = { name: `${family.name}/${rule.id}`, rule, pattern: new RegExp(source, flags), placing: new RegExp(source, `${flags}d`), secretGroups, isLeading, isAnchored: near !== undefined && source.startsWith('^'), checksBefore, endsInSecret: secretGroups.length === 1 && /\(\?<secret>\[(?:\\.|[^\]\\])*\]\{\d+,\d+\}\)(?:\(\?[=!][^()]*\))?$/.test(source), longest: longestOf(source) };
    for (const keyword of rule.keywords) {
      const word = keyword.toLowerCase();
      const exact = isLeading && !rule.pattern.ignoreCase ? keyword : null;
      rulesByWord.set(word, [...(rulesByWord.get(word) ?? []), { exact, compiled }]);
    }
  }
}

/** What follows from so many keywords takes some milliseconds at worst. */
const keywordsPerPace = 64;

const isName = 1;
const isRule = 2;
const isShape = 4;
const isYaml = 8;
const isPem = 16;
const isEncoded = 32;

/** Base64 inside base64 is looked into this deep; what lies deeper is taken for a secret. */
const maxDepth = 4;

const unseen: Detect = (text) => [{ rule: 'context/encoded', kind: 'encoded', start: 0, end: text.length }];

/** Every keyword in lower case, with what it is a keyword of. */
function keywordKinds({ rulesByWord, nameKeywords }: { rulesByWord: ReadonlyMap<string, unknown>; nameKeywords: ReadonlySet<string> }): ReadonlyMap<string, number> {
  const kinds = new Map<string, number>();
  const sets: readonly (readonly [number, Iterable<string>])[] = [
    [isName, nameKeywords],
    [isRule, rulesByWord.keys()],
    [isShape, structureKeywords],
    [isYaml, yamlKeywords],
    [isPem, [pemKeyword]],
    [isEncoded, encodedKeywords],
  ];
  for (const [kind, words] of sets) {
    for (const word of words) kinds.set(word.toLowerCase(), (kinds.get(word.toLowerCase()) ?? 0) | kind);
  }
  return kinds;
}

/** How long a match can be: what is counted, and what is written once; where a count stands in a count, as far as any goes. */
function longestOf(source: string): number {
  if (/\)\{|[*+](?![^(]*\))|\)[*+]/.test(source.replaceAll(/\\.|\[(?:\\.|[^\]])*\]/g, 'x'))) return maxSecretLength + denseStride;
  const counts = [...source.matchAll(/\{(\d+)(?:,(\d+))?\}/g)].map(([, least, most]) => Number(most ?? least));
  return Math.min(maxSecretLength + denseStride, counts.reduce((sum, count) => sum + count, source.length));
}

function push<T>(list: T[], item: T | null): void {
  if (item !== null) list.push(item);
}

/** Where keywords stand close together, a rule looks so much further at once, and passes over those in between. */
const denseStride = 512;

/** How far a match near a keyword may reach beyond the place where it must begin. */
const maxSecretLength = 512;

/** So much before its window a pattern may look back at. */
const lookBack = 400;

/** So much before a secret its checks look at. */
const maxBefore = 500;

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
  const upTo = Math.min(text.length, end + (rule.near?.[1] ?? 0));
  if (known.needAt >= start) return known.needAt < upTo;
  const from = Math.max(start, known.clearUpTo);
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

/** True where a token may begin: after no letter or digit, after an escape (`\n`, `%3D`) or a colour code. */
const plus = 43;

function isWordAt(text: string, at: number): boolean {
  return /[A-Za-z0-9]/.test(text[at] ?? '');
}

const underscore = 95;
const dash = 45;
const slash = 47;

/** True where what stands before is base64 rather than words, so that a mark in it borders nothing. */
function isInBlob(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 24), at);
  return /^[\w+/-]{24}$/.test(before) && /[a-z]/.test(before) && /[A-Z]/.test(before) && /\d/.test(before) && changeRate(before) > 0.3;
}

function isBorder(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1);
  const isWord = (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  if (at === 0 || (!isWord && code !== plus) || !isWordAt(text, at)) return !(code === underscore || code === dash || code === slash) || !isInBlob(text, at);
  const before = text.slice(Math.max(0, at - 8), at);
  return /(?:\\[nrt]|\\u[0-9a-f]{4}|%[0-9A-F]{2}|\u001b\[[\d;]{0,5}m)$/i.test(before);
}
