import type { Detect, Hit } from '../hit.ts';
import type { NameVerdict } from '../names.ts';
import { readJson, type JsonNode } from './json-text.ts';
import { marksOf, shapeRules } from './marks.ts';
import { readEscaped } from './escaped-text.ts';

/** How far back the object around a word is sought: 256 Ki characters. */
const maxReach = 256 * 1024;

/** So many objects that cannot be read say that the text is not JSON. */
const maxFailures = 64;

/** A place where a word of a shape stands; `levels` objects around it are read. */
export interface ShapePlace {
  readonly at: number;
  readonly levels: number;
}

const wordLevels = new Map<string, number>();
for (const rule of shapeRules) {
  for (const word of rule.keywords) wordLevels.set(word, Math.max(wordLevels.get(word) ?? 0, rule.levels));
}

/** Words without which no shape can stand in a text. */
export const structureKeywords: readonly string[] = [...wordLevels.keys()];

/** Marks that say nothing: `"sensitive_attributes": []`, `"after_sensitive": {}`, `"sensitive": false`. */
const nothing = /[\w]*\\{0,7}"\s{0,8}:\s{0,8}(?:\[\s{0,40}\]|\{\s{0,40}\}|false|null)/y;

/** The place of a word that the automaton found, or null where it says nothing. */
export function shapePlace(text: string, word: string, at: number): ShapePlace | null {
  nothing.lastIndex = at + (text[at] === '"' ? 1 : 0);
  if (nothing.test(text) || (word.includes('_sensitive') || word === 'sensitive_values' ? !hasTruth(text, at) : false)) return null;
  return { at, levels: wordLevels.get(word) ?? 1 };
}

/** The mirror of a plan says something only where a literal `true` stands in it; what is longer than this is read anyhow. */
const maxMirror = 20_000;

function hasTruth(text: string, at: number): boolean {
  const open = text.slice(at, at + 60).search(/[{[]/);
  if (open < 0) return true;
  let depth = 0;
  for (let end = at + open; end < at + maxMirror && end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === 123 || code === 91) depth += 1;
    else if (code === 125 || code === 93) {
      depth -= 1;
      if (depth === 0) return text.slice(at + open, end).includes('true');
    }
  }
  return true;
}

/** The secret places in the JSON objects around `places`, in order; `detect` looks into JSON that is escaped in a string. */
export function documentHits(text: string, places: readonly ShapePlace[], judge: (name: string) => NameVerdict, detect: Detect): readonly Hit[] {
  const hits: Hit[] = [];
  let readUpTo = 0;
  let failures = 0;
  for (const place of places) {
    if (place.at < readUpTo || failures > maxFailures) continue;
    const escaped = readEscaped(text, place.at);
    if (escaped !== null) {
      readUpTo = escaped.end;
      for (const hit of detect(escaped.text)) hits.push({ ...hit, start: escaped.offset(hit.start), end: escaped.offset(hit.end) });
      continue;
    }
    const start = objectAround(text, place);
    const document = start === null ? null : readJson(text, start);
    if (document === null || document.end <= place.at) {
      failures += 1;
      continue;
    }
    readUpTo = document.end;
    for (const mark of marksOf(document.value, judge, shapeRules)) {
      const node = nodeAt(document, mark.path);
      if (node !== null) hits.push(...leaves(node).map(({ start: from, end }) => ({ rule: mark.rule, kind: mark.kind, start: from, end })));
    }
  }
  return hits;
}

/** Where the object begins that lies `levels` objects around a place, or as many as there are; null where there is none. */
function objectAround(text: string, { at, levels }: ShapePlace): number | null {
  let found: number | null = null;
  let left = levels;
  let depth = 0;
  const floor = Math.max(0, at - maxReach);
  for (let back = text[at] === '"' ? at - 1 : text.lastIndexOf('"', at) - 1; back >= floor && left > 0; back -= 1) {
    const code = text.charCodeAt(back);
    if (code === quote) back = openingQuote(text, back);
    else if (code === closeBrace || code === closeBracket) depth += 1;
    else if (code === openBrace || code === openBracket) {
      if (depth > 0) depth -= 1;
      else if (code === openBrace) {
        found = back;
        left -= 1;
      }
    }
  }
  return found;
}

const quote = 34;
const backslash = 92;
const openBrace = 123;
const closeBrace = 125;
const openBracket = 91;
const closeBracket = 93;

function openingQuote(text: string, close: number): number {
  for (let at = close - 1; at >= 0; at -= 1) if (text.charCodeAt(at) === quote && text.charCodeAt(at - 1) !== backslash) return at;
  return 0;
}

function nodeAt(root: JsonNode, path: readonly (string | number)[]): JsonNode | null {
  let node: JsonNode | undefined = root;
  for (const step of path) node = node?.children?.get(step);
  return node ?? null;
}

/** The places of the values below a node; the quotes of a string stay. */
function leaves(node: JsonNode): readonly { start: number; end: number }[] {
  if (node.children !== null) return [...node.children.values()].flatMap(leaves);
  if (node.value === null || node.value === '' || typeof node.value === 'boolean') return [];
  return typeof node.value === 'string' ? [{ start: node.start + 1, end: node.end - 1 }] : [{ start: node.start, end: node.end }];
}
