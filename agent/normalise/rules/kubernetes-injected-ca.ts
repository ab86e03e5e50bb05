import { isObject, type JsonObject } from '#proto/domain/json.ts';
import { field, isEmpty } from '../fields.ts';
import { isTool } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `caBundle`, filled in by cert-manager or another injector: asked for by an annotation, or by a line break in place of a certificate. */
export const kubernetesInjectedCa: Rule = {
  name: 'kubernetes-injected-ca',
  reason: 'An annotation or a placeholder asks an injector to fill in the certificate authority, and it did.',
  appliesTo: (place) => isTool(place, 'kubernetes') && place.name === 'cabundle',
  explains: ({ before, whole }) => before === placeholder || (isEmpty(before) && asksForInjection(whole.before)),
};

/** A line break in base64: the API wants some text there, and this is no certificate. */
const placeholder = 'Cg==';

function asksForInjection(object: JsonObject): boolean {
  const metadata = field(object, 'metadata');
  const notes = isObject(metadata) ? field(metadata, 'annotations') : undefined;
  return isObject(notes) && Object.keys(notes).some((key) => /^cert-manager\.io\/inject-|^service\.beta\.openshift\.io\/inject-cabundle$/.test(key));
}
