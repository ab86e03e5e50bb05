import { isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import type { StructureRule } from './mark.ts';

/** The key and the value by which Pulumi marks a secret in its exports (sdk/go/common/resource/sig). */
export const pulumiSentinel = '4dabf18193072939515e22adb298388d';
const pulumiSecret = '1b47061264138c4ac30d75fd1eb44270';

/** The clear text of a marked secret, and its twin among the inputs or outputs that carry the same name unmarked. */
export const pulumiSecrets: StructureRule = {
  name: 'structure/pulumi-secret',
  keywords: [pulumiSentinel],
  levels: 3,
  isCalledBy: (name) => name === pulumiSentinel || name === 'inputs',
  *marks(object) {
    if (isMarked(object)) {
      if (Object.hasOwn(object, 'plaintext')) yield { path: ['plaintext'] };
      if (Object.hasOwn(object, 'value')) yield { path: ['value'] };
      return;
    }
    const inputs = object['inputs'];
    const outputs = object['outputs'];
    if (!isObject(inputs) || !isObject(outputs)) return;
    for (const name of Object.keys(inputs)) {
      if (isMarked(inputs[name]) && !isMarked(outputs[name]) && Object.hasOwn(outputs, name)) yield { path: ['outputs', name] };
      if (isMarked(outputs[name]) && !isMarked(inputs[name])) yield { path: ['inputs', name] };
    }
  },
};

/** True where Pulumi itself marks the value; its text is then in `plaintext`, or encrypted. */
export function isMarked(value: Json | undefined): value is JsonObject {
  return isObject(value) && value[pulumiSentinel] === pulumiSecret;
}
