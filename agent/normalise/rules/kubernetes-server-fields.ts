import { isObject } from '#proto/domain/json.ts';
import { isTool } from '../place.ts';
import type { Place, Rule, Value } from '../rule.ts';

/** `status`, `metadata.resourceVersion`, `managedFields`: what the API server and controllers write. */
export const kubernetesServerFields: Rule = {
  name: 'kubernetes-server-fields',
  reason: 'The API server or a controller writes this; no manifest asks for it.',
  appliesTo: (place) => isTool(place, 'kubernetes') && place.steps.length > 0 && place.steps.length <= 3,
  canonical: (value, place) => (isServerField(place) ? undefined : withoutNotes(value, place)),
};

const ofMetadata = new Set(['creationTimestamp', 'resourceVersion', 'uid', 'generation', 'managedFields', 'selfLink', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'ownerReferences']);
const notes = new Set([
  'kubectl.kubernetes.io/last-applied-configuration', 'deployment.kubernetes.io/revision', 'deprecated.daemonset.template.generation', 'autoscaling.alpha.kubernetes.io/conditions',
  'autoscaling.alpha.kubernetes.io/current-metrics', 'control-plane.alpha.kubernetes.io/leader', 'pv.kubernetes.io/bind-completed', 'pv.kubernetes.io/bound-by-controller',
  'volume.kubernetes.io/storage-provisioner', 'volume.beta.kubernetes.io/storage-provisioner', 'volume.kubernetes.io/selected-node',
]);

function isServerField({ steps: [first, second, third] }: Place): boolean {
  if (first === 'status') return second === undefined;
  if (first !== 'metadata' || typeof second !== 'string') return false;
  return third === undefined ? ofMetadata.has(second) : second === 'annotations' && typeof third === 'string' && notes.has(third);
}

/** The map of annotations without the server's own; nothing where no other is left. */
function withoutNotes(value: Value, { steps }: Place): Value {
  if (steps.length !== 2 || steps[0] !== 'metadata' || steps[1] !== 'annotations' || !isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !notes.has(key));
  if (kept.length === Object.keys(value).length) return value;
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
