import { isAlias, isScalar, parseAllDocuments, visit } from 'yaml';
import { isList, isObject, type Json } from '#proto/domain/json.ts';

/** Larger texts are compared as texts: parsing YAML is slow, and both sides are parsed. */
const maxLength = 256 * 1024;

/**
 * The map or list that a text holds as YAML, or undefined; several documents become a list. What YAML would flatten stays
 * a text: scripts, aliases, and numbers that lose their writing (1.10 is a version as often as a number).
 */
export function parseYaml(text: string): Json | undefined {
  if (text.length > maxLength || text.startsWith('#!') || !/^(?:[ \t-]*[\w"'./-]+[ \t]*:(?:\s|$)|- )/m.test(text)) return undefined;
  try {
    return faithful(text);
  } catch {
    return undefined; // some texts break the parser itself
  }
}

function faithful(text: string): Json | undefined {
  const documents = parseAllDocuments(text, { version: '1.2', uniqueKeys: true, logLevel: 'silent' });
  if (!Array.isArray(documents) || documents.length === 0 || documents.some(({ errors, warnings }) => errors.length + warnings.length > 0)) return undefined;
  let isFaithful = true;
  for (const document of documents) {
    visit(document, (_, node) => {
      if (isAlias(node) || (isScalar(node) && typeof node.value === 'number' && String(node.value) !== node.source)) isFaithful = false;
    });
  }
  if (!isFaithful) return undefined;
  const values = documents.map((document): unknown => document.toJS({ maxAliasCount: 0 }));
  const value = asJson(values.length === 1 ? values[0] : values);
  return header(text) === '' || value === undefined ? value : [header(text), value];
}

/** The first line of cloud-init's files decides how the rest is read, though for YAML it is a comment. */
function header(text: string): string {
  return /^#cloud-[\w-]+/.exec(text)?.[0] ?? '';
}

/** Maps and lists of plain values; undefined for a lone value, a date or a key that is no text. */
function asJson(value: unknown): Json | undefined {
  const text = JSON.stringify(value);
  // JSON.parse yields JSON.
  const json = text === undefined ? undefined : (JSON.parse(text) as Json);
  return isObject(json) || isList(json) ? json : undefined;
}
