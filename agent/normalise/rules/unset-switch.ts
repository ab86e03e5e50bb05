import { inDocument, inUserMap, isTool } from '../place.ts';
import type { Rule } from '../rule.ts';

/** A switch in a block that nobody set against the `false` that the provider reads back. */
export const unsetSwitch: Rule = {
  name: 'unset-switch',
  reason: 'Nobody set this switch, and the provider reads a switch that is not set as off.',
  appliesTo: (place) => isTool(place, 'terraform', 'pulumi') && !inDocument(place) && !inUserMap(place) && place.names.length > 1 && !guards.test(place.name),
  explains: ({ before, after }) => (before === undefined || before === null) && after === false,
};

/** Where `false` may be somebody's deed: there it stays a difference. */
const guards = /encrypt|protect|block|restrict|enforce|secure|ssl|tls|https|log|audit|backup|recovery|version|mfa|auth|private|require(?!d$)|readonly|nonroot|validation|verif|rotat|monitor|deny|prevent|snapshot/;
