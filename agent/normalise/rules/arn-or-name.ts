import { inDocument, inUserMap, isTool } from '../place.ts';
import type { Rule, Value } from '../rule.ts';

/** `arn:aws:iam::123456789012:role/app` against `app`: the API takes either and answers with one. */
export const arnOrName: Rule = {
  name: 'arn-or-name',
  reason: 'The API takes the name or the ARN of the same thing, and this ARN ends in that name.',
  appliesTo: (place) => isTool(place, 'terraform', 'cloudformation', 'pulumi') && !inDocument(place) && !inUserMap(place) && references.test(place.name),
  explains: ({ before, after }) => endsIn(before, after) || endsIn(after, before),
};

const references = /^(?:role|rolearn|rolename|iaminstanceprofile|cluster|clustername|clusterarn|kmskeyid|kmsmasterkeyid|kmskeyarn|kmskey|keyid|keyarn|topic|topicarn|queue|loadbalancer|loadbalancers|targetgroup|function|functionname|functionarn|taskdefinition|userpoolid|repository|statemachine|instanceprofile|secretid|secretarn|streamname|vaultname|sourcedbinstance|dbsubnetgroupname|policy|documentname|webaclid|certificate)$/;

/** Two ARNs are never taken for one another: they may belong to different accounts. */
function endsIn(arn: Value, name: Value): boolean {
  if (typeof arn !== 'string' || typeof name !== 'string') return false;
  if (!arn.startsWith('arn:') || name.startsWith('arn:') || !/^[\w+=,.@/:-]+$/.test(name)) return false;
  const resource = arn.split(':').slice(5).join(':');
  return resource === name || resource.endsWith(`/${name}`) || resource.endsWith(`:${name}`);
}
