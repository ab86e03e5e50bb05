import type { Hit } from '../hit.ts';
import type { NameVerdict } from '../names.ts';
import { readJson, type JsonNode } from './json-text.ts';
import { marksOf, structureRules } from './marks.ts';

/** A JSON document longer than this is looked at as text only: 32 Mi characters. */
const maxDocumentLength = 32 * 1024 * 1024;

/** Words without which no shape can stand in a text. */
export const structureKeywords = [...new Set(structureRules.flatMap((rule) => rule.keywords))];

/** The secret places in the JSON documents of a text that lie around `positions`, where words of shapes were found. */
export function documentHits(text: string, positions: readonly number[], judge: (name: string) => NameVerdict): readonly Hit[] {
  const hits: Hit[] = [];
  let readUpTo = 0;
  for (const position of positions) {
    if (position < readUpTo) continue;
    const document = documentAround(text, position, readUpTo);
    if (document === null) continue;
    readUpTo = document.end;
    for (const mark of marksOf(document.value, judge)) {
      const node = nodeAt(document, mark.path);
      if (node !== null) hits.push(...leaves(node).map(({ start, end }) => ({ rule: mark.rule, kind: mark.kind, start, end })));
    }
  }
  return hits;
}

/** The document that fills the text, or the one in the line. */
function documentAround(text: string, position: number, from: number): JsonNode | null {
  if (text.length > maxDocumentLength) return null;
  const start = from + (/^[\s\u{feff}]*/u.exec(text.slice(from, from + 200))?.[0].length ?? 0);
  const whole = /[{[]/.test(text[start] ?? '') ? readJson(text, start) : null;
  if (whole !== null && whole.end > position) return whole;
  const line = text.lastIndexOf('\n', position) + 1;
  const open = /[{[]/.exec(text.slice(line, position))?.index;
  return open === undefined ? null : readJson(text, line + open);
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
