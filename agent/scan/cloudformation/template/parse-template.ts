import { type CollectionTag, type Document, parseDocument, type ScalarTag, type Tags, YAMLMap, type YAMLSeq } from 'yaml';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { isObject, type Json } from '#proto/domain/json.ts';

/** The functions that have a short form (`!Sub`); `Ref` and `Condition` keep their bare name in the long one. */
const shortForms = [
  'Ref', 'Condition', 'And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'ForEach', 'GetAtt', 'GetAZs', 'If', 'ImportValue',
  'Join', 'Length', 'Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform',
] as const;

/** More aliases than this in a template is an attack, not a template. */
const maxAliases = 200;

const Parameter = z.object({ Type: z.string().optional(), Default: z.json().optional(), NoEcho: z.union([z.boolean(), z.string()]).optional() });
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
  Transform: z.union([z.string(), z.array(z.json())]).nullish(),
});
export type Template = z.infer<typeof Template>;

/**
 * Reads a template in JSON or in YAML with short forms.
 * @throws Fault `template-unreadable` naming the line or the field, never a value
 */
export function parseTemplate(text: string, source: string): Template {
  const template = Template.safeParse(apart(parseDocumentText(text, source)));
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

/** @throws Fault `template-unreadable` */
function parseDocumentText(text: string, source: string): Json {
  const document = composed(text, source);
  const [error] = document.errors;
  if (error !== undefined) throw new Fault('template-unreadable', { source, line: error.linePos?.[0].line, detail: error.code });
  try {
    return document.toJS({ maxAliasCount: maxAliases }) as Json;
  } catch (cause) {
    throw new Fault('template-unreadable', { source, detail: 'aliases' }, { cause });
  }
}

/** A text that is nothing but a short form, with a comment beside it, breaks the parser itself. */
function composed(text: string, source: string): Document {
  try {
    return parseDocument(text, { customTags: addShortForms, schema: 'core', merge: false, uniqueKeys: false, strict: false });
  } catch (cause) {
    throw new Fault('template-unreadable', { source, detail: 'it breaks the parser' }, { cause });
  }
}

function addShortForms(tags: Tags): Tags {
  return [...tags, ...shortForms.flatMap((name) => [scalarForm(name), sequenceForm(name), mappingForm(name)])];
}

function scalarForm(name: string): ScalarTag {
  return { tag: `!${name}`, resolve: (text) => longForm(name, name === 'GetAtt' ? splitAttribute(text) : text) };
}

function sequenceForm(name: string): CollectionTag {
  return { tag: `!${name}`, collection: 'seq', resolve: (sequence) => wrapped(name, sequence) };
}

function mappingForm(name: string): CollectionTag {
  return { tag: `!${name}`, collection: 'map', resolve: (mapping) => wrapped(name, mapping) };
}

function wrapped(name: string, inner: YAMLMap | YAMLSeq): YAMLMap {
  const map = new YAMLMap();
  map.set(longName(name), inner);
  return map;
}

function longForm(name: string, value: Json): Json {
  return { [longName(name)]: value };
}

function longName(name: string): string {
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
}

/** `!GetAtt Logical.Attribute.With.Dots` is a list of two in the long form. */
function splitAttribute(text: string): Json {
  const dot = text.indexOf('.');
  return dot === -1 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
