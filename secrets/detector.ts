import { createAutomaton } from './automaton.ts';
import { passes } from './checks.ts';
import { readNames } from './contexts/assignment.ts';
import { encodedAt, encodedKeywords } from './contexts/encoded.ts';
import { pemKeyword, readPems } from './contexts/pem.ts';
import { createLongRuns } from './contexts/long-runs.ts';
import { families as allFamilies } from './families.ts';
import type { Family, SecretRule } from './family.ts';
import type { Detect, Hit } from './hit.ts';
import { changeRate } from './looks.ts';
import { createNameJudge, createVendorFinder, nameWords } from './names.ts';
import { documentHits, shapePlace, type ShapePlace, structureKeywords } from './structure/documents.ts';
import { readYaml, yamlKeywords } from './structure/yaml-blocks.ts';

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
    const done = new Map<CompiledRule, number>();
    let decodedUpTo = 0;
    let told = 0;
    automaton.scan(text, (keyword, end) => {
      told += 1;
      if (told % keywordsPerPace === 0) pace();
      const start = end - (keywords[keyword]?.length ?? 0);
      const kind = kindOf[keyword] ?? 0;
      if ((kind & isName) !== 0) hits.push(...reader.at(start, end));
      if ((kind & isRule) !== 0) {
        for (const { exact, compiled } of rulesOf[keyword] ?? []) {
          if (exact !== null && !text.startsWith(exact, start)) continue;
          const lookedUpTo = done.get(compiled) ?? 0;
          if (lookedUpTo > start && (compiled.isLeading || lookedUpTo > end + (compiled.rule.near?.[1] ?? 0))) continue;
          const upTo = apply(compiled, { text, start, end, lookedUpTo }, hits);
          if (upTo > 0) done.set(compiled, upTo);
        }
      }
      if ((kind & isShape) !== 0) push(shapes, shapePlace(text, keywords[keyword] ?? '', start));
      if ((kind & isYaml) !== 0) hits.push(...yaml.at(start));
      if ((kind & isPem) !== 0) push(hits, pems.at(start));
      if ((kind & isEncoded) !== 0 && start >= decodedUpTo && !isBase64(text.charCodeAt(start - 1))) {
        const hit = encodedAt(text, start, depth < maxDepth ? (inner) => look(inner, depth + 1) : unseen);
        push(hits, hit);
        decodedUpTo = hit?.end ?? start + 1;
      }
    });
    return shapes.length === 0 ? hits : [...hits, ...documentHits(text, shapes, judge, (inner) => (depth < maxDepth ? look(inner, depth + 1) : []))];
  }

  function addRule(family: Family, rule: SecretRule): void {
    const isLeading = rule.near === undefined;
    const flags = `${rule.pattern.flags.replace(/[dgy]/g, '')}d${isLeading ? 'y' : 'g'}`;
    const compiled = { name: `${family.name}/${rule.id}`, rule, pattern: new RegExp(rule.pattern.source, flags), isLeading, isAnchored: rule.pattern.source.startsWith('^') };
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

function push<T>(list: T[], item: T | null): void {
  if (item !== null) list.push(item);
}

function isBase64(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 43 || code === 47;
}

/** Where keywords stand close together, a rule looks so much further at once, and passes over those in between. */
const denseStride = 512;

/** How far a match near a keyword may reach beyond the place where it must begin. */
const maxSecretLength = 512;

/** So much before its window a pattern may look back at. */
const lookBack = 400;

/** A keyword in a text; the rule need not look again before `lookedUpTo`. */
interface Occurrence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly lookedUpTo: number;
}

/** Adds the hits of one rule around one keyword; returns how far the text need not be looked at again, or 0. */
function apply({ name, rule, pattern, isLeading, isAnchored }: CompiledRule, { text, start, end, lookedUpTo }: Occurrence, hits: Hit[]): number {
  if (isLeading) {
    if (!isBorder(text, start)) return 0;
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    return match === null ? 0 : add(match, 0);
  }
  const [before, after] = rule.near ?? [0, 0];
  const from = Math.max(0, start - before, isAnchored ? 0 : lookedUpTo);
  const base = isAnchored ? from : Math.max(0, from - lookBack);
  const window = text.slice(base, Math.min(text.length, end + after + maxSecretLength + denseStride));
  const last = end + after + (lookedUpTo > start ? denseStride : 0);
  let reached = last;
  pattern.lastIndex = from - base;
  for (let match = pattern.exec(window); match !== null && base + match.index <= last; match = pattern.exec(window)) {
    reached = Math.max(reached, add(match, base));
    if (match[0] === '') pattern.lastIndex += 1;
  }
  return isAnchored ? 0 : reached;

  function add(match: RegExpExecArray, offset: number): number {
    const span = spanOf(match);
    if (span === undefined) return 0;
    const secret = match[0].slice(span[0] - match.index, span[1] - match.index);
    if (!(rule.checks ?? []).every((check) => passes(check, secret, text.slice(Math.max(0, span[0] + offset - 80), span[0] + offset)))) return 0;
    hits.push({ rule: name, kind: rule.kind ?? 'token', start: span[0] + offset, end: span[1] + offset });
    return span[1] + offset;
  }
}

/** Where the secret of a match lies: the first group that is named so and took part, or all of it. */
function spanOf(match: RegExpExecArray): readonly [number, number] | undefined {
  const groups = Object.entries(match.indices?.groups ?? {});
  return groups.find(([name, span]) => name.startsWith('secret') && span !== undefined)?.[1] ?? match.indices?.[0];
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
