import { createAutomaton } from './automaton.ts';
import { passes } from './checks.ts';
import { readNames } from './contexts/assignment.ts';
import { pemAt, pemKeyword } from './contexts/pem.ts';
import { families as allFamilies } from './families.ts';
import type { Family, SecretRule } from './family.ts';
import type { Detect, Hit } from './hit.ts';
import { createNameJudge, createVendorFinder, nameWords } from './names.ts';

export interface DetectorOptions {
  readonly families?: readonly Family[];
  /** Names that a customer calls secret. */
  readonly names?: readonly string[];
}

interface CompiledRule {
  readonly name: string;
  readonly rule: SecretRule;
  readonly pattern: RegExp;
  readonly isLeading: boolean;
}

/** The pattern pass over any text: keywords in one pass, then rules on bounded windows around them. */
export function createDetector({ families = allFamilies, names = [] }: DetectorOptions = {}): Detect {
  const judge = createNameJudge(names);
  const rulesByWord = new Map<string, CompiledRule[]>();
  for (const family of families) for (const rule of family.rules ?? []) addRule(family, rule);
  const vendorWords = new Set(families.flatMap((family) => family.words ?? []));
  const nameKeywords = new Set([...nameWords, ...names.map((name) => name.toLowerCase()), ...vendorWords]);
  const keywords = [...new Set([pemKeyword, ...rulesByWord.keys(), ...nameKeywords])];
  const rulesOf = keywords.map((word) => rulesByWord.get(word) ?? []);
  const isName = keywords.map((word) => nameKeywords.has(word));
  const isVendor = createVendorFinder(vendorWords);
  const automaton = createAutomaton(keywords);

  return (text) => {
    const hits: Hit[] = [];
    const reader = readNames(text, judge, isVendor);
    const done = new Map<CompiledRule, number>();
    automaton.scan(text, (keyword, end) => {
      const start = end - (keywords[keyword]?.length ?? 0);
      if (isName[keyword] === true) hits.push(...reader.at(start, end));
      if (keyword === 0) {
        const pem = pemAt(text, start);
        if (pem !== null) hits.push(pem);
      }
      for (const compiled of rulesOf[keyword] ?? []) {
        if ((done.get(compiled) ?? -1) > start) continue;
        const upTo = apply(compiled, text, start, end, hits);
        if (upTo > 0) done.set(compiled, upTo);
      }
    });
    return hits;
  };

  function addRule(family: Family, rule: SecretRule): void {
    const isLeading = rule.near === undefined;
    const flags = `${rule.pattern.flags.replace(/[dgy]/g, '')}d${isLeading ? 'y' : 'g'}`;
    const compiled = { name: `${family.name}/${rule.id}`, rule, pattern: new RegExp(rule.pattern.source, flags), isLeading };
    for (const keyword of rule.keywords) {
      const word = keyword.toLowerCase();
      rulesByWord.set(word, [...(rulesByWord.get(word) ?? []), compiled]);
    }
  }
}

/** Adds the hits of one rule around one keyword; returns how far its matches reach, or 0. */
function apply({ name, rule, pattern, isLeading }: CompiledRule, text: string, start: number, end: number, hits: Hit[]): number {
  if (isLeading) {
    if (rule.glued !== true && !isBorder(text, start)) return 0;
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    return match === null ? 0 : add(match, 0);
  }
  const [before, after] = rule.near ?? [0, 0];
  const from = Math.max(0, start - before);
  const window = text.slice(from, Math.min(text.length, end + after));
  let reached = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(window); match !== null; match = pattern.exec(window)) {
    reached = Math.max(reached, add(match, from));
    if (match[0] === '') pattern.lastIndex += 1;
  }
  return reached;

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

function isBorder(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1);
  const isWord = (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  if (at === 0 || (!isWord && code !== plus) || !isWordAt(text, at)) return true;
  const before = text.slice(Math.max(0, at - 8), at);
  return /(?:\\[nrt]|\\u[0-9a-f]{4}|%[0-9A-F]{2}|\u001b\[[\d;]{0,5}m)$/i.test(before);
}
