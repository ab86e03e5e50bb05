import { isList, isObject, type Json, type JsonObject, type Path } from '#proto/domain/json.ts';
import type { KubernetesObject } from './documents.ts';

/** What the API server writes about an object; nobody can ask for it. */
const serverMetadata = new Set([
  'creationTimestamp', 'deletionGracePeriodSeconds', 'deletionTimestamp', 'generateName', 'generation', 'managedFields', 'name', 'namespace',
  'resourceVersion', 'selfLink', 'uid',
]);

/** Annotations that say nothing of the object but of the tools that carry it. */
const carriersAnnotations = /^(?:kubectl\.kubernetes\.io\/last-applied-configuration|deployment\.kubernetes\.io\/revision|argocd\.argoproj\.io\/(?:tracking-id|sync-options|compare-options|sync-wave)|meta\.helm\.sh\/.*)$/;

/**
 * The fields of an object that can be compared: without status, without what the server writes, without nulls (which
 * ask for nothing), and with a Secret's `stringData` where the server puts it, in `data`.
 */
export function comparableFields(object: KubernetesObject): JsonObject {
  const { apiVersion: _version, kind: _kind, metadata, status: _status, ...rest }: JsonObject = object as unknown as JsonObject;
  const kept = isObject(metadata) ? comparableMetadata(withoutNulls(metadata)) : {};
  const body = withoutNulls(underOneName(isCore(object) ? (admitted.get(object.kind)?.(rest) ?? rest) : rest));
  return Object.keys(kept).length === 0 ? body : { metadata: kept, ...body };
}

/** Where an object holds secrets by what it is: everything in a Secret's data. */
export function secretPaths(fields: JsonObject): readonly Path[] {
  return isObject(fields['data']) && isSecretShape(fields) ? [['data']] : [];
}

function comparableMetadata(metadata: JsonObject): JsonObject {
  const entries = Object.entries(metadata).filter(([name]) => !serverMetadata.has(name));
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      if (name === 'labels' && isObject(value)) {
        const { 'kubernetes.io/metadata.name': _own, ...labels } = value; // which the API gives to every namespace
        return Object.keys(labels).length === 0 ? [] : [[name, labels]];
      }
      if (name !== 'annotations' || !isObject(value)) return [[name, value]];
      const annotations = Object.entries(value).filter(([annotation]) => !carriersAnnotations.test(annotation));
      return annotations.length === 0 ? [] : [[name, Object.fromEntries(annotations)]];
    }),
  );
}

/** https://kubernetes.io/docs/concepts/configuration/secret/: `stringData` is write-only and wins over `data`; null is empty. */
function mergedSecret({ stringData, ...rest }: JsonObject): JsonObject {
  const stored = isObject(rest['data']) ? Object.entries(rest['data']).map(([name, value]) => [name, unwrapped(value ?? '')]) : [];
  const given = isObject(stringData) ? Object.entries(stringData).map(([name, value]) => [name, base64(value)]) : [];
  return { ...rest, type: rest['type'] ?? 'Opaque', data: Object.fromEntries([...stored, ...given]) };
}

/** What the API itself does to objects of a kind of the core group. */
const admitted: ReadonlyMap<string, (object: JsonObject) => JsonObject> = new Map([['Secret', mergedSecret], ['Pod', admittedPod], ['Node', conditionedNode]]);

/** The API writes a pod's account under its old name, too: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec */
function underOneName(value: JsonObject): JsonObject;
function underOneName(value: Json): Json;
function underOneName(value: Json): Json {
  if (isList(value)) return value.map((item) => underOneName(item));
  if (!isObject(value)) return value;
  const { serviceAccount, ...others } = value;
  const isPod = isList(value['containers']) && typeof serviceAccount === 'string';
  const kept = isPod ? { ...others, serviceAccountName: others['serviceAccountName'] ?? serviceAccount } : value;
  return Object.fromEntries(Object.entries(kept).map(([name, inner]) => [name, underOneName(inner)]));
}

/** Admission and the node controller taint a node by what is wrong with it: https://kubernetes.io/docs/reference/labels-annotations-taints/ */
function conditionedNode(node: JsonObject): JsonObject {
  const { spec } = node;
  if (!isObject(spec) || !isList(spec['taints'])) return node;
  const { taints, ...others } = spec;
  const own = isList(taints) ? taints.filter((taint) => !isOfCondition(taint)) : [];
  return { ...node, spec: own.length === 0 ? others : { ...others, taints: own } };
}

function isOfCondition(taint: Json): boolean {
  return isObject(taint) && typeof taint['key'] === 'string' && /^node\.(?:kubernetes|cloudprovider\.kubernetes)\.io\//.test(taint['key']);
}

/** Admission gives every pod the same two tolerations: https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions */
function admittedPod({ spec, ...rest }: JsonObject): JsonObject {
  if (!isObject(spec) || !isList(spec['tolerations'])) return { spec: spec ?? {}, ...rest };
  const { tolerations, ...others } = spec;
  const own = isList(tolerations) ? tolerations.filter((one) => !isGivenToAll(one)) : [];
  return { spec: own.length === 0 ? others : { ...others, tolerations: own }, ...rest };
}

function isGivenToAll(toleration: Json): boolean {
  if (!isObject(toleration)) return false;
  const { key } = toleration;
  return typeof key === 'string' && /^node\.kubernetes\.io\/(?:not-ready|unreachable)$/.test(key) && toleration['operator'] === 'Exists' && toleration['effect'] === 'NoExecute' && toleration['tolerationSeconds'] === 300;
}

/** The API reads base64 over line breaks. */
function unwrapped(value: Json): Json {
  return typeof value === 'string' ? value.replaceAll(/[\r\n]/g, '') : value;
}

function base64(value: Json): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value), 'utf8').toString('base64');
}

/** Only `mergedSecret` leaves a `type` beside `data` at the top; a ConfigMap has none. */
function isSecretShape(fields: JsonObject): boolean {
  return typeof fields['type'] === 'string';
}

function isCore({ apiVersion }: KubernetesObject): boolean {
  return apiVersion === 'v1';
}

function withoutNulls(value: JsonObject): JsonObject;
function withoutNulls(value: Json): Json;
function withoutNulls(value: Json): Json {
  if (isList(value)) return value.map((item) => withoutNulls(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null).map(([name, inner]) => [name, withoutNulls(inner)]));
}
