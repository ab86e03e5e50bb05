import { inDocument, inUserMap, isOfFamily, isTool } from '../place.ts';
import type { Place, Rule } from '../rule.ts';

/** `icmp_type` of a network ACL's rule, which nobody set, against the 0 that the provider reads back. */
export const unsetNumber: Rule = {
  name: 'unset-number',
  reason: 'Nobody set this number, and the provider reads a number in a block that is not set as 0.',
  appliesTo: (place) => isTool(place, 'terraform', 'pulumi') && !inDocument(place) && !inUserMap(place) && place.names.length > 1 && (!telling.test(place.name) || isNeverNone(place)),
  explains: ({ before, after }) => (before === undefined || before === null) && after === 0,
};

/** Where 0 may be somebody's deed: nothing kept, nothing running, no limit. */
const telling = /port|count|number|size|capacity|min|max|limit|weight|percent|share|threshold|days|hours|seconds|period|time|ttl|age|retention|retry|retries|attempt|delay|grace|interval|duration|window|instances|replicas|units|version|expir|backup|concurren|priority/;

/** By the references of its APIs AWS takes nothing below 1 here, so that nobody can have set 0. */
function isNeverNone(place: Place): boolean {
  return atLeastOne.has(place.name) && isOfFamily(place, 'aws_');
}

const atLeastOne = new Set(['period', 'days', 'newernoncurrentversions', 'noncurrentdays', 'volumesize']);
