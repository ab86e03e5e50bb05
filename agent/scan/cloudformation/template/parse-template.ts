import { type Document, parseDocument } from 'yaml';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { isObject, type Json } from '#proto/domain/json.ts';
import { maxDepth, parseExactly } from '../../source/parse-json.ts';
import { shortFormsIn } from './short-forms.ts';
import { inDialect } from './yaml-dialect.ts';

/** More aliases than this in a template is an attack, not a template. */
const maxAliases = 200;

const Parameter = z.object({ Type: z.string().optional(), Default: z.json().optional(), NoEcho: z.json().optional() });
/** What a template asks for under one logical id, unevaluated. */
export const Resource = z.object({ Type: z.string(), Condition: z.string().optional(), Properties: z.json().optional() });

export type Resource = z.infer<typeof Resource>;

/** A template, its functions in their long form. */
export const Template = z.object({
  Parameters: z.record(z.string(), Parameter).nullish(),
  Mappings: z.record(z.string(), z.json()).nullish(),
  Conditions: z.record(z.string(), z.json()).nullish(),
  Resources: z.record(z.string(), Resource),
  /** Entries of Resources that stand for others: `Fn::ForEach::NAME`, `Fn::Transform`. */
  Loops: z.record(z.string(), z.json()).default({}),
  Transform: z.json().optional(),
});
export type Template = z.infer<typeof Template>;

/**
 * Reads a template in JSON or in YAML with short forms.
 * @throws Fault `template-unreadable` naming the line or the field, never a value
 */
export function parseTemplate(text: string, source: string): Template {
  const document = jsonIn(text) ?? yamlIn(text, source);
  if (isDeeperThan(document, maxDepth)) throw new Fault('template-unreadable', { source, detail: `nested deeper than ${maxDepth}` });
  const template = Template.safeParse(apart(document));
  if (template.success) return template.data;
  const [issue] = template.error.issues;
  throw new Fault('template-unreadable', { source, at: issue?.path.join('.') || '(root)', detail: issue?.message }, { cause: template.error });
}

function apart(document: Json): Json {
  if (!isObject(document) || !isObject(document['Resources'])) return document;
  const entries = Object.entries(document['Resources']);
  const [loops, plain] = [entries.filter(([name]) => name.startsWith('Fn::')), entries.filter(([name]) => !name.startsWith('Fn::'))];
  return { ...document, Resources: Object.fromEntries(plain), Loops: Object.fromEntries(loops) };
}

/** A template in JSON, or null: it may be YAML that begins with a brace. */
function jsonIn(text: string): Json {
  if (!/^\s*\{/.test(text)) return null;
  try {
    return parseExactly(text);
  } catch {
    return null;
  }
}

/** @throws Fault `template-unreadable` */
function yamlIn(text: string, source: string): Json {
  const document = composed(text, source);
  const error = document.errors.find(({ code }) => code !== 'NON_STRING_KEY'); // a key with a tag, or a map for a key: its text is taken
  if (error !== undefined) throw new Fault('template-unreadable', { source, line: error.linePos?.[0].line, detail: error.code });
  try {
    return document.toJS({ maxAliasCount: maxAliases }) as Json;
  } catch (cause) {
    throw new Fault('template-unreadable', { source, detail: 'aliases' }, { cause });
  }
}

/** A text that is nothing but a short form, with a comment beside it, breaks the parser itself. */
function composed(text: string, source: string): Document {
  const forms = shortFormsIn(text);
  if (forms === null) throw new Fault('template-unreadable', { source, detail: 'more functions than AWS has' });
  try {
    return parseDocument(text, { customTags: (tags) => [...inDialect(tags), ...forms], schema: 'failsafe', stringKeys: true, merge: true, uniqueKeys: false, strict: false, logLevel: 'error' });
  } catch (cause) {
    throw new Fault('template-unreadable', { source, detail: 'it breaks the parser' }, { cause });
  }
}

function isDeeperThan(value: Json, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((inner: Json) => isDeeperThan(inner, depth - 1));
}
