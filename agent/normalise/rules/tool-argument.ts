import { isEmpty } from '../fields.ts';
import { inDocument, isTool } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `timeouts`, or `force_destroy` unset against false: what the tool keeps for itself and no cloud knows. */
export const toolArgument: Rule = {
  name: 'tool-argument',
  reason: 'This tells the tool how to work; no setting of the resource stands behind it.',
  appliesTo: (place) => isTool(place, 'terraform', 'pulumi') && !inDocument(place),
  canonical: (value, place) => (place.names[0] === 'timeouts' ? undefined : value),
  explains: ({ before, after }, place) => place.steps.length === 1 && habits.has(place.name) && (isEmpty(before) || isEmpty(after)),
};

/** Only setting them against not setting them means nothing: true against false was somebody's wish. */
const habits = new Set([
  'forcedestroy', 'forcedelete', 'forcedetachpolicies', 'skipfinalsnapshot', 'finalsnapshotidentifier', 'applyimmediately', 'skipdestroy', 'waitfordeployment',
  'waitforsteadystate', 'waitforcapacitytimeout', 'waitforloadbalancer', 'waitforfulfillment', 'waitforelbcapacity', 'mincapacityelb', 'revokerulesondelete',
  'recoverywindowindays', 'forceoverwritereplicasecret', 'allowmajorversionupgrade', 'deleteautomatedbackups', 'replacesecuritygroupsondestroy',
  'replacementsecuritygroupids', 'userdatareplaceonchange', 'retainoncreate', 'retainondelete', 'bypasspolicylockoutsafetycheck', 'publish',
  'disableonDestroy'.toLowerCase(), 'disabledependentservices', 'forcenewdeployment', 'createbeforedestroy', 'preventdestroy', 'waitforrollout', 'deletiontype',
]);
