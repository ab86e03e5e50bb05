import { isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import { inDocument, keyOf } from '../place.ts';
import type { Place, Rule, Value } from '../rule.ts';

/** `aws:cloudformation:stack-name`, `goog-terraform-provisioned`: tags that nobody can set. */
export const providerTags: Rule = {
  name: 'provider-tags',
  reason: 'The cloud itself writes tags under this reserved prefix; nobody can set or remove them.',
  appliesTo: (place) => !inDocument(place) && (maps.has(place.name) || isInTagMap(place)),
  canonical: (value, place) => {
    if (isInTagMap(place)) return reserved.test(keyOf(place)) ? undefined : value;
    return isObject(value) ? withoutReserved(value) : value;
  },
};

const maps = new Set(['tags', 'tagsall', 'labels', 'effectivelabels', 'terraformlabels', 'systemlabels', 'annotations', 'effectiveannotations']);
const reserved = /^(?:aws:|goog-terraform-provisioned$|goog-managed-by$|hidden-link:|hidden-related:|ms-resource-usage$)/;

function isInTagMap({ names }: Place): boolean {
  return maps.has(names.at(-2) ?? '');
}

function withoutReserved(tags: JsonObject): Value {
  const kept = Object.entries(tags).filter(([key]) => !reserved.test(key));
  if (kept.length === Object.keys(tags).length) return tags;
  return kept.length === 0 ? undefined : (Object.fromEntries(kept) as Json);
}
