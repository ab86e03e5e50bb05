import { isTool } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `targetPort: "8080"` against `targetPort: 8080`; a port by name stays a name. */
export const kubernetesPortText: Rule = {
  name: 'kubernetes-port-text',
  reason: 'The API takes a port as a number or as a text; a name of digits alone is not allowed.',
  appliesTo: (place) => isTool(place, 'kubernetes') && /^(?:port|targetport|containerport|nodeport|hostport|maxsurge|maxunavailable|minavailable|servicePort|number)$/i.test(place.name),
  canonical: (value) => (typeof value === 'string' && /^(?:0|[1-9]\d{0,4})$/.test(value) ? Number(value) : value),
};
