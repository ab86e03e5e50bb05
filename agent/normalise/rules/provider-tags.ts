import { isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import { inDocument, keyOf, namesOf } from '../place.ts';
import type { Place, Rule, Value } from '../rule.ts';

/** `aws:cloudformation:stack-name`, `goog-terraform-provisioned`: tags that nobody can set. */
export const providerTags: Rule = {
  name: 'provider-tags',
  reason: 'The cloud itself writes tags under this reserved prefix; nobody can set or remove them.',
  appliesTo: (place) => !inDocument(place) && isTagMap(place),
  canonical: (value, place) => {
    if (isTagMap({ ...place, steps: place.steps.slice(0, -1) })) return reserved.test(keyOf(place)) ? undefined : value;
    if (!isObject(value)) return value;
    return withoutReserved(value);
  },
};

const maps = new Set(['tags', 'tagsall', 'labels', 'effectivelabels', 'terraformlabels', 'systemlabels', 'annotations', 'effectiveannotations']);
const reserved = /^(?:aws:|goog-terraform-provisioned$|goog-managed-by$|hidden-link:|hidden-related:|ms-resource-usage$)/;

function isTagMap(place: Place): boolean {
  return namesOf(place).slice(-2).some((name) => maps.has(name));
}

function withoutReserved(tags: JsonObject): Value {
  const kept = Object.entries(tags).filter(([key]) => !reserved.test(key));
  if (kept.length === Object.keys(tags).length) return tags;
  return kept.length === 0 ? undefined : (Object.fromEntries(kept) as Json);
}
