import type { Hit } from '../hit.ts';

/** Words at which a YAML text is looked at: a Secret of Kubernetes, a hidden parameter of CloudFormation. */
export const yamlKeywords = ['kind: secret', 'kind: "secret"', "kind: 'secret'", 'noecho: true', "noecho: 'true'", 'noecho: "true"'] as const;

/** A mapping longer than this is looked at only so far: 1 Mi characters above and below. */
const maxReach = 1024 * 1024;

interface Line {
  readonly start: number;
  readonly end: number;
  /** The column of the key; the dash of a list item counts as blank. */
  readonly column: number;
  readonly isItem: boolean;
  readonly key: string;
  /** Where the value begins, or the end of the line. */
  readonly value: number;
}

/** Reads the YAML mappings of one text in which a word says that there is a secret. */
export function readYaml(text: string): { at(position: number): readonly Hit[] } {
  let readUpTo = 0;
  return { at };

  /** The values of a Secret, or the default of a hidden parameter, in the mapping to which the line at `position` belongs. */
  function at(position: number): readonly Hit[] {
    if (position < readUpTo) return [];
    const here = lineAt(text, position);
    if (here === null || (here.key !== 'kind' && here.key !== 'NoEcho')) return [];
    const block = [...linesAbove(text, here), here, ...linesBelow(text, here)];
    readUpTo = block.at(-1)?.end ?? readUpTo;
    return here.key === 'kind' ? secretValues(text, block, here.column) : hiddenDefault(text, block, here.column);
  }
}

function secretValues(text: string, block: readonly Line[], column: number): readonly Hit[] {
  const hits: Hit[] = [];
  let isInside = false;
  for (const [at, line] of block.entries()) {
    if (line.key !== '' && line.column === column) {
      isInside = line.key === 'data' || line.key === 'stringData';
      if (isInside) hits.push(...flowHits(text, line));
    }
    if (isInside && line.key !== '' && line.column > column) hits.push(...valueHits(text, line, block, at, 'structure/kubernetes-secret'));
  }
  return hits;
}

function hiddenDefault(text: string, block: readonly Line[], column: number): readonly Hit[] {
  return block.flatMap((line, at) => (line.column === column && line.key === 'Default' ? valueHits(text, line, block, at, 'structure/no-echo') : []));
}

/** `data: {password: …}`: the values of a mapping that is written on one line. */
function flowHits(text: string, line: Line): readonly Hit[] {
  const hits: Hit[] = [];
  for (const match of text.slice(line.value, line.end).matchAll(/[{,]\s*(?:"[^"]*"|'[^']*'|[^\s:,{}]+)\s*:\s*(?:"(?<double>[^"]+)"|'(?<single>[^']+)'|(?<bare>[^\s,{}"'][^,{}]*))/dg)) {
    const span = Object.values(match.indices?.groups ?? {}).find((group) => group !== undefined);
    if (span !== undefined) hits.push({ rule: 'structure/kubernetes-secret', kind: 'value', start: line.value + span[0], end: line.value + span[1] });
  }
  return hits;
}

/** The value on the line, or the lines below it: those of a block scalar, or the items of a list without their dashes. */
function valueHits(text: string, line: Line, block: readonly Line[], at: number, rule: string): readonly Hit[] {
  const inline = text.slice(line.value, line.end).trim();
  if (/^(?:\{\s*\}|\[\s*\]|null|~)$/.test(inline)) return [];
  if (inline !== '' && !/^[|>][-+\d]*$/.test(inline)) {
    const quoted = /^(["']).*\1$/.test(inline);
    const start = text.indexOf(inline, line.value) + (quoted ? 1 : 0);
    const end = start + inline.length - (quoted ? 2 : 0);
    return end > start && !/^\{\{|^\$\{|^ENC\[/.test(inline) ? [{ rule, kind: 'value', start, end }] : [];
  }
  const hits: Hit[] = [];
  for (let next = at + 1; next < block.length; next += 1) {
    const below = block[next];
    if (below === undefined || (inline === '' && below.key !== '')) break; // a mapping, whose values are asked for themselves
    const content = text.slice(below.start, below.end);
    if (content.trim() === '') continue;
    const { blank = '', dashes = '' } = /^(?<blank>[ \t]*)(?<dashes>(?:-[ \t]+)*)/.exec(content)?.groups ?? {};
    if (blank.length < line.column || (blank.length === line.column && dashes === '')) break; // a list may stand below the very column of its key
    hits.push({ rule, kind: 'value', start: below.start + blank.length + dashes.length, end: below.start + content.trimEnd().length });
  }
  return hits;
}

/** The lines of the mapping above: up to one that is indented less, or to the item of a list that begins it. */
function linesAbove(text: string, here: Line): readonly Line[] {
  const lines: Line[] = [];
  let first = here;
  while (first.start > 0 && here.start - first.start < maxReach && !(first.isItem && first.column === here.column)) {
    const above = lineAt(text, first.start - 1);
    if (above === null || isEdge(text, above, here.column)) break;
    lines.unshift(above);
    first = above;
  }
  return lines;
}

function linesBelow(text: string, here: Line): readonly Line[] {
  const lines: Line[] = [];
  for (let last = here; last.end + 1 < text.length && last.end - here.end < maxReach; ) {
    const below = lineAt(text, last.end + 1);
    if (below === null || isEdge(text, below, here.column) || (below.isItem && below.column <= here.column)) break;
    lines.push(below);
    last = below;
  }
  return lines;
}

function isEdge(text: string, line: Line, column: number): boolean {
  return (line.key !== '' && line.column < column) || text.startsWith('---', line.start);
}

function lineAt(text: string, position: number): Line | null {
  if (position >= text.length) return null;
  const start = position === 0 ? 0 : text.lastIndexOf('\n', position - 1) + 1;
  const stop = text.indexOf('\n', position);
  const end = stop < 0 ? text.length : stop;
  const match = /^(?<indent>[ \t]*(?:-[ \t]+)*)(?<key>["']?[\w./-]{1,120}["']?)[ \t]*:(?=\s|$)/.exec(text.slice(start, Math.min(end, start + 400)));
  const indent = match?.groups?.['indent'] ?? '';
  return {
    start,
    end,
    column: indent.length,
    isItem: indent.includes('-'),
    key: match?.groups?.['key']?.replace(/["']/g, '') ?? '',
    value: match === null ? end : start + match[0].length,
  };
}
