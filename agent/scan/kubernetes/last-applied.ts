import { isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import { comparableFields } from './comparable.ts';
import { KubernetesObject } from './documents.ts';

/** Where `kubectl apply` keeps the manifest that it applied last; it repeats that manifest's secrets. */
export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** The fields of the manifest that was applied last, or none where the object does not tell. */
export function lastApplied(live: KubernetesObject): JsonObject {
  const text = live.metadata.annotations?.[lastAppliedAnnotation];
  if (typeof text !== 'string') return {};
  const object = KubernetesObject.safeParse(parsed(text));
  return object.success ? comparableFields(object.data) : {};
}

function parsed(text: string): Json {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
