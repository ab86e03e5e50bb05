import { spellText } from '../fields.ts';
import type { Rule } from '../rule.ts';

/** `/hostedzone/Z123` against `Z123`. */
export const hostedZoneId: Rule = {
  name: 'hosted-zone-id',
  reason: 'Route 53 answers with the path to a zone, and takes its bare id.',
  appliesTo: (place) => /zoneid$|^hostedzone$|delegationset(?:id)?$/.test(place.name),
  canonical: spellText((text) => text.replace(/^\/(?:hostedzone|delegationset)\//, '')),
};
