import { isObject, type JsonObject } from '#proto/domain/json.ts';
import { field } from '../fields.ts';
import { isTool } from '../place.ts';
import type { Rule } from '../rule.ts';

/** The rules of a ClusterRole with an aggregationRule, which the control plane gathers from other roles. */
export const kubernetesAggregatedRules: Rule = {
  name: 'kubernetes-aggregated-rules',
  reason: 'The control plane fills in the rules of an aggregated role; whatever is written here it overwrites.',
  appliesTo: (place) => isTool(place, 'kubernetes') && place.type.endsWith('/ClusterRole') && place.steps.length === 1 && place.steps[0] === 'rules',
  explains: ({ whole }) => isAggregated(whole.before) && isAggregated(whole.after),
};

function isAggregated(role: JsonObject): boolean {
  return isObject(field(role, 'aggregationRule'));
}
