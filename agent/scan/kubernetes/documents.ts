import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { isList, isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import { inDialect } from './yaml-dialect.ts';

/** An object of the API: what it is and how it is called. */
export const KubernetesObject = z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: z.looseObject({
    name: z.string().optional(),
    generateName: z.string().optional(),
    namespace: z.string().nullish(),
    annotations: z.record(z.string(), z.json()).nullish(),
    managedFields: z.json().optional(),
  }),
});
export type KubernetesObject = z.infer<typeof KubernetesObject>;

/** More aliases than this in a manifest is an attack, not a manifest. */
const maxAliases = 200;

/** Lists inside lists deeper than this are not followed. */
const maxListDepth = 8;

/**
 * Every object in a text of YAML or JSON: documents one after another, `List` kinds and bare JSON lists opened, empty
 * documents passed over.
 * @throws Fault `manifest-unreadable` naming the document and the line or field, never a value
 */
export function readObjects(text: string, source: string): readonly KubernetesObject[] {
  const documents = plain(() => parseAllDocuments(text, { uniqueKeys: false, merge: true, logLevel: 'error', customTags: inDialect }), { source, document: 1 }); // some texts break the parser itself
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document, index) => {
    const at = { source, document: index + 1 };
    const [error] = document.errors;
    if (error !== undefined) throw new Fault('manifest-unreadable', { ...at, line: error.linePos?.[0].line, detail: error.code });
    return [...objectsIn(plain(() => document.toJS({ maxAliasCount: maxAliases }) as Json, at), at, 0)];
  });
}

interface At {
  readonly source: string;
  readonly document: number;
}

function* objectsIn(document: Json, at: At, depth: number): Generator<KubernetesObject> {
  if (document === null || depth > maxListDepth) return;
  if (isList(document)) {
    for (const item of document) yield* objectsIn(item, at, depth + 1);
  } else if (isObject(document) && isList(document['items']) && !isNamed(document)) {
    for (const item of document['items']) yield* objectsIn(withKindOfList(item, document), at, depth + 1);
  } else {
    yield toObject(document, at);
  }
}

/** A `List` has items and no name of its own; an object with `items` of its own (a PodSet) has one. */
function isNamed(document: JsonObject): boolean {
  return isObject(document['metadata']) && typeof document['metadata']['name'] === 'string';
}

/** In a typed list (`DeploymentList`) the items may leave out what the list's kind says. */
function withKindOfList(item: Json, { kind, apiVersion }: JsonObject): Json {
  if (!isObject(item) || typeof kind !== 'string' || !kind.endsWith('List') || kind === 'List') return item;
  return { apiVersion: apiVersion ?? 'v1', kind: kind.slice(0, -'List'.length), ...item };
}

function toObject(document: Json, at: At): KubernetesObject {
  const object = KubernetesObject.safeParse(document);
  if (object.success) return object.data;
  const [issue] = object.error.issues;
  throw new Fault('manifest-unreadable', { ...at, at: issue?.path.join('.') || '(root)', detail: issue?.message }, { cause: object.error });
}

function plain<T>(read: () => T, at: At): T {
  try {
    return read();
  } catch (cause) {
    throw new Fault('manifest-unreadable', { ...at, detail: cause instanceof ReferenceError ? 'aliases' : 'it breaks the parser' }, { cause });
  }
}
