import { isObject, type JsonObject } from '#proto/domain/json.ts';
import { field, isEmpty } from '../fields.ts';
import { isTool } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `caBundle`, filled in by cert-manager or another injector that an annotation asks for. */
export const kubernetesInjectedCa: Rule = {
  name: 'kubernetes-injected-ca',
  reason: 'An annotation asks an injector to fill in the certificate authority, and it did.',
  appliesTo: (place) => isTool(place, 'kubernetes') && place.name === 'cabundle',
  explains: ({ before, whole }) => (isEmpty(before) || before === 'Cg==') && asksForInjection(whole.before),
};

function asksForInjection(object: JsonObject): boolean {
  const metadata = field(object, 'metadata');
  const notes = isObject(metadata) ? field(metadata, 'annotations') : undefined;
  return isObject(notes) && Object.keys(notes).some((key) => /^cert-manager\.io\/inject-|^service\.beta\.openshift\.io\/inject-cabundle$/.test(key));
}
