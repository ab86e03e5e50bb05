import type { Hit } from '../hit.ts';

/** Words at which a YAML text is looked at: a Secret of Kubernetes, a hidden parameter of CloudFormation. */
export const yamlKeywords = ['kind: secret', 'kind: "secret"', "kind: 'secret'", 'noecho: true', "noecho: 'true'", 'noecho: "true"'] as const;

/** A block longer than this is not looked at: 2 Mi characters. */
const maxBlockLength = 2 * 1024 * 1024;

interface Line {
  readonly start: number;
  readonly end: number;
  /** The column of the key; the dash of a list item counts as blank. */
  readonly column: number;
  readonly key: string;
  /** Where the value begins, or the end of the line. */
  readonly value: number;
}

/**
 * The values of a Secret, or the default of a hidden parameter, in the YAML mapping to which the line at `position`
 * belongs: the lines above and below it with the same indentation.
 */
export function yamlHits(text: string, position: number): readonly Hit[] {
  const here = lineAt(text, position);
  if (here === null) return [];
  const isSecret = here.key === 'kind';
  const wanted = isSecret ? ['data', 'stringData'] : ['Default'];
  const hits: Hit[] = [];
  const block = blockAround(text, here);
  for (const [at, line] of block.entries()) {
    if (line.column !== here.column || !wanted.includes(line.key)) continue;
    const rule = isSecret ? 'structure/kubernetes-secret' : 'structure/no-echo';
    if (!isSecret) hits.push(...valueHit(text, line, block.slice(at + 1), rule));
    for (let below = at + 1; isSecret && below < block.length; below += 1) {
      const entry = block[below];
      if (entry === undefined || (entry.key !== '' && entry.column <= here.column)) break;
      if (entry.key !== '') hits.push(...valueHit(text, entry, block.slice(below + 1), rule));
    }
  }
  return hits;
}

/** The value on the line, or the indented lines of a block scalar below it. */
function valueHit(text: string, line: Line, below: readonly Line[], rule: string): readonly Hit[] {
  const inline = text.slice(line.value, line.end).trim();
  if (inline !== '' && !/^[|>][-+\d]*$/.test(inline)) {
    const quoted = /^(["']).*\1$/.test(inline);
    const start = text.indexOf(inline, line.value) + (quoted ? 1 : 0);
    const end = start + inline.length - (quoted ? 2 : 0);
    return end > start && !/^\{\{|^\$\{|^ENC\[/.test(inline) ? [{ rule, kind: 'value', start, end }] : [];
  }
  const hits: Hit[] = [];
  for (const next of below) {
    const content = text.slice(next.start, next.end);
    const indent = content.length - content.trimStart().length;
    if (content.trim() === '') continue;
    if (indent <= line.column) break;
    hits.push({ rule, kind: 'value', start: next.start + indent, end: next.start + content.trimEnd().length });
  }
  return hits;
}

function blockAround(text: string, here: Line): readonly Line[] {
  const from = Math.max(0, here.start - maxBlockLength / 2);
  const before = text.slice(from, here.start);
  const above = before.lastIndexOf('\n---');
  const start = above < 0 ? (from === 0 ? 0 : text.indexOf('\n', from) + 1) : from + above + 1;
  const after = text.slice(here.start, here.start + maxBlockLength / 2);
  const below = /\n---(?:\s|$)/.exec(after)?.index;
  const end = below === undefined ? here.start + after.length : here.start + below;
  const lines: Line[] = [];
  for (let at = start; at < end; ) {
    const next = lineAt(text, at);
    if (next === null) break;
    lines.push(next);
    at = next.end + 1;
  }
  const index = lines.findIndex((line) => line.start === here.start);
  return lines.slice(edge(lines, index, here.column, -1), edge(lines, index, here.column, 1) + 1);
}

/** How far the mapping reaches: up to a line that is indented less, or that begins the next item of a list. */
function edge(lines: readonly Line[], from: number, column: number, step: 1 | -1): number {
  let at = from;
  for (let next = from; next >= 0 && next < lines.length; next += step) {
    const line = lines[next];
    if (line === undefined || (line.key !== '' && line.column < column)) break;
    at = next;
  }
  return at;
}

function lineAt(text: string, position: number): Line | null {
  const start = text.lastIndexOf('\n', position - 1) + 1;
  const stop = text.indexOf('\n', start);
  const end = stop < 0 ? text.length : stop;
  if (start >= text.length) return null;
  const match = /^(?<indent>\s*(?:-\s+)*)(?<key>["']?[\w./-]+["']?)\s*:(?=\s|$)/.exec(text.slice(start, Math.min(end, start + 400)));
  const column = match?.groups?.['indent']?.length ?? 0;
  return {
    start,
    end,
    column,
    key: match?.groups?.['key']?.replace(/["']/g, '') ?? '',
    value: match === null ? end : start + match[0].length,
  };
}
