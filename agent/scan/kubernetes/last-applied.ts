import { isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import { comparableFields } from './comparable.ts';
import { KubernetesObject } from './documents.ts';

/** Where `kubectl apply` keeps the manifest that it applied last; it repeats that manifest's secrets. */
const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** The manifest that was applied last, or null where the object does not tell. */
export function appliedManifest(live: KubernetesObject): KubernetesObject | null {
  const text = live.metadata.annotations?.[lastAppliedAnnotation];
  if (typeof text !== 'string') return null;
  const object = KubernetesObject.safeParse(parsed(text));
  return object.success ? object.data : null;
}

/** The fields of the manifest that was applied last, or none where the object does not tell. */
export function lastApplied(live: KubernetesObject): JsonObject {
  const manifest = appliedManifest(live);
  return manifest === null ? {} : comparableFields(manifest);
}

function parsed(text: string): Json {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
