import { inDocument, inUserMap } from '../place.ts';
import type { Rule } from '../rule.ts';

/** The code asks for `8.0`, the provider runs `8.0.39`: the newest of what was asked for. */
export const versionPrefix: Rule = {
  name: 'version-prefix',
  reason: 'The version that was asked for leaves the rest open, and what runs is one of those.',
  appliesTo: (place) => !inDocument(place) && !inUserMap(place) && /^(?:engineversion|kubernetesversion|minmasterversion|nodeversion|dbversion|orchestratorversion)$/.test(place.name),
  explains: ({ before, after }) => typeof before === 'string' && typeof after === 'string' && /^\d+(?:\.\d+)*$/.test(before) && after.startsWith(`${before}.`),
};
