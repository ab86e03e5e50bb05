import { createAutomaton } from './automaton.ts';
import { compileRule } from './compiled-rule.ts';
import { readNames } from './contexts/assignment.ts';
import { encodedKeywords, readBlobs } from './contexts/encoded.ts';
import { pemKeyword, readPems } from './contexts/pem.ts';
import { createKeywordDensity, isOneLetter } from './contexts/keyword-density.ts';
import { createLongRuns } from './contexts/long-runs.ts';
import { families as allFamilies } from './families.ts';
import type { Family, SecretRule } from './family.ts';
import type { Detect, Hit } from './hit.ts';
import { createNameJudge, createVendorFinder, nameWords } from './names.ts';
import { documentHits, shapePlace, type ShapePlace, structureKeywords } from './structure/documents.ts';
import { createRuleReader, type KeyedRule } from './rule-reader.ts';
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

/** Every keyword of the default pattern pass, in lower case; for benches. */
export function detectorKeywords(): readonly string[] {
  const words = allFamilies.flatMap((family) => [...(family.words ?? []), ...(family.rules ?? []).flatMap((rule) => rule.keywords)]);
  return [...keywordKinds({ rulesByWord: new Map(words.map((word) => [word.toLowerCase(), null])), nameKeywords: new Set(nameWords) }).keys()];
}

/** The pattern pass over any text: keywords in one pass, then rules on bounded windows around them. */
export function createDetector({ families = allFamilies, names = [], publicNames = [], pace = () => {} }: DetectorOptions = {}): Detect {
  const judge = createNameJudge(names, publicNames);
  const rulesByWord = new Map<string, KeyedRule[]>();
  let ruleCount = 0;
  for (const family of families) for (const rule of family.rules ?? []) addRule(family, rule);
  const vendorWords = new Set(families.flatMap((family) => family.words ?? []));
  const nameKeywords = new Set([...nameWords, ...names.map((name) => name.toLowerCase()), ...vendorWords]);
  const kinds = keywordKinds({ rulesByWord, nameKeywords });
  const keywords = [...kinds.keys()];
  const kindOf = [...kinds.values()];
  const isCounted = keywords.map((word) => !isOneLetter(word));
  const rulesOf = keywords.map((word) => rulesByWord.get(word) ?? []);
  const headOf = kindOf.map((kind, keyword) => (kind === isRule ? commonHead(rulesOf[keyword] ?? []) : anyHead));
  const isVendor = createVendorFinder(vendorWords);
  const automaton = createAutomaton(keywords);
  const findRuns = createLongRuns();
  const readRules = createRuleReader(ruleCount);
  return (text) => look(text, 0);

  function look(text: string, depth: number): readonly Hit[] {
    const hits: Hit[] = [...findRuns(text)];
    const shapes: ShapePlace[] = [];
    const reader = readNames(text, judge, isVendor);
    const pems = readPems(text);
    const yaml = readYaml(text);
    let told = 0;
    const isPlaced = createPlaceholderCursor(text);
    const density = createKeywordDensity();
    let maskedUpTo = 0;
    const blobs = readBlobs(text, depth < maxDepth ? (inner) => look(inner, depth + 1) : unseen);
    const rules = readRules(text, hits);
    automaton.scan(text, (keyword, end) => {
      told += 1;
      if (told % keywordsPerPace === 0) pace();
      const start = end - (keywords[keyword]?.length ?? 0);
      const head = headOf[keyword] ?? anyHead;
      if ((head !== anyHead && text.charCodeAt(start) !== head) || isPlaced(end)) return;
      const crowd = isCounted[keyword] === true ? density.count(start, end) : null;
      if (crowd !== null) {
        if (crowd.end >= maskedUpTo + tellEvery) {
          maskedUpTo = crowd.end;
          hits.push({ rule: 'context/too-dense', kind: 'value', start: crowd.start, end: Math.min(text.length, crowd.end) });
        }
        if (((kindOf[keyword] ?? 0) & isPem) !== 0) push(hits, pems.at(start)); // longer than what is masked
        return;
      }
      const kind = kindOf[keyword] ?? 0;
      if ((kind & isName) !== 0) hits.push(...reader.at(start, end));
      if ((kind & isRule) !== 0) rules.at(rulesOf[keyword] ?? [], start, end);
      if ((kind & isShape) !== 0) push(shapes, shapePlace(text, keywords[keyword] ?? '', start));
      if ((kind & isYaml) !== 0) hits.push(...yaml.at(start));
      if ((kind & isPem) !== 0) push(hits, pems.at(start));
      if ((kind & isEncoded) !== 0) push(hits, blobs.at(start));
    });
    return shapes.length === 0 ? hits : [...hits, ...documentHits(text, shapes, judge, (inner) => (depth < maxDepth ? look(inner, depth + 1) : []))];
  }

  function addRule(family: Family, rule: SecretRule): void {
    const compiled = compileRule(family.name, rule, ruleCount);
    ruleCount += 1;
    for (const keyword of rule.keywords) {
      const word = keyword.toLowerCase();
      const exact = compiled.isLeading && !rule.pattern.ignoreCase ? keyword : null;
      rulesByWord.set(word, [...(rulesByWord.get(word) ?? []), { exact, compiled }]);
    }
  }
}

/** What follows from so many keywords takes some milliseconds at worst. */
const keywordsPerPace = 64;

/** Where case matters, the first character of a keyword for all of its rules; else `anyHead`. */
function commonHead(rules: readonly KeyedRule[]): number {
  const [head = anyHead, ...others] = new Set(rules.map(({ exact }) => exact?.charCodeAt(0) ?? anyHead));
  return others.length === 0 ? head : anyHead;
}

const anyHead = -1;

/** A crowd of keywords is told anew when it has gone on for so many characters. */
const tellEvery = 1_024;

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
