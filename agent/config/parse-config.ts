import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { AgentConfig } from './agent-config.ts';
import { nearest } from './nearest.ts';

/** @throws Fault `config-invalid`, naming field and line and, for a misspelt key, the one that was probably meant */
export function parseConfig(text: string, file: string): AgentConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const mistake = document.errors[0];
  if (mistake !== undefined) throw invalid({ file, line: lines.linePos(mistake.pos[0]).line, reason: firstLine(mistake.message) });

  const parsed = AgentConfig.safeParse(plainValue(document, file));
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]; // a misspelt field explains a missing one
  if (issue === undefined) throw invalid({ file });
  throw invalid({ file, ...locate(issue, document, lines) });
}

interface Place {
  readonly file?: string;
  readonly line?: number | undefined;
  readonly field?: string;
  readonly reason?: string;
}

function invalid(place: Place): Fault {
  return new Fault('config-invalid', { ...place });
}

/** An alias that would blow up, or names nothing, is found only here. */
function plainValue(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch (error) {
    throw new Fault('config-invalid', { file, reason: error instanceof Error ? firstLine(error.message) : undefined }, { cause: error });
  }
}

function locate(issue: z.core.$ZodIssue, document: Document, lines: LineCounter): Place {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const known = knownKeys(path);
    const meant = known.find((one) => one === otherWords.get(key)) ?? nearest(key, known);
    const reason = meant === undefined ? 'there is no such field' : `there is no such field; did you mean ${meant}?`;
    return { line: lineOf(document, [...path, key], lines), field: [...path, key].join('.'), reason };
  }
  return { line: lineOf(document, path, lines), field: path.join('.'), reason: issue.message };
}

/** What people call a field of an ignore rule by the habit of other tools. */
const otherWords: ReadonlyMap<string, string> = new Map([['expires', 'until'], ['expiry', 'until'], ['expiration', 'until'], ['expires_at', 'until'], ['path', 'property'], ['resource', 'address'], ['why', 'reason']]);

/** The line of a field's key, or of the nearest field around it that is there. */
function lineOf(document: Document, path: readonly (string | number)[], lines: LineCounter): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const offset = offsetOf(document, path.slice(0, length));
    if (offset !== undefined) return lines.linePos(offset).line;
  }
  return undefined;
}

function offsetOf(document: Document, path: readonly (string | number)[]): number | undefined {
  const around = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  if (isMap(around)) {
    const pair = around.items.find(({ key }) => isScalar(key) && String(key.value) === String(last));
    return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
  }
  const node = document.getIn(path, true) as Node | undefined; // with `true` it is a node or nothing
  return node?.range?.[0];
}

const SchemaNode = z.looseObject({
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
});

/** The names that are fields at this place. */
function knownKeys(path: readonly (string | number)[]): readonly string[] {
  let node = SchemaNode.parse(z.toJSONSchema(AgentConfig, { io: 'input' }));
  for (const step of path) {
    const inner = typeof step === 'number' ? node.items : (node.properties?.[step] ?? node.additionalProperties);
    node = SchemaNode.catch({}).parse(inner);
  }
  return Object.keys(node.properties ?? {});
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
