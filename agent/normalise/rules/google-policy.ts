import { isList, isObject, type Json } from '#proto/domain/json.ts';
import { parseDocument } from '../document.ts';
import { field, isEmpty, keyOfValue } from '../fields.ts';
import { isOfFamily } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `policy_data` of Google: bindings and members in any order, addresses in any case, with the etag of the last reader. */
export const googlePolicy: Rule = {
  name: 'google-policy',
  reason: 'The policy binds the same members to the same roles; neither has an order, and the etag is no setting.',
  appliesTo: (place) => place.name === 'policydata' && isOfFamily(place, 'google_', 'gcp_'),
  canonical: (value) => {
    const policy = typeof value === 'string' ? parseDocument(value) : value;
    const bindings = isObject(policy) ? field(policy, 'bindings') : undefined;
    if (!isObject(policy) || !isList(bindings)) return value;
    const { etag: _etag, ...rest } = policy;
    return Object.fromEntries([...Object.entries(rest).filter(([, inside]) => !isEmpty(inside)), ['bindings', sorted(bindings.map(binding))]]);
  },
};

function binding(written: Json): Json {
  const members = isObject(written) ? field(written, 'members') : undefined;
  if (!isObject(written) || !isList(members)) return written;
  const told = Object.entries(written).filter(([, value]) => !isEmpty(value));
  return { ...Object.fromEntries(told), members: sorted(members.map((member) => (typeof member === 'string' && member.includes('@') ? member.replace(/:.*/, (address) => address.toLowerCase()) : member))) };
}

function sorted(items: readonly Json[]): readonly Json[] {
  return items.toSorted((a, b) => (keyOfValue(a) < keyOfValue(b) ? -1 : Number(keyOfValue(a) > keyOfValue(b))));
}
