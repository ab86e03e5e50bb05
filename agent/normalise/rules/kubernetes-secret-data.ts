import { isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import { field, keyOfValue } from '../fields.ts';
import { isTool } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `stringData: {user: admin}` against `data: {user: YWRtaW4=}`. */
export const kubernetesSecretData: Rule = {
  name: 'kubernetes-secret-data',
  reason: 'The API stores what stringData says as base64 in data; both sides hold the same bytes.',
  appliesTo: (place) => isTool(place, 'kubernetes') && place.type.endsWith('/Secret') && place.steps.length <= 2 && (place.steps[0] === 'data' || place.steps[0] === 'stringData'),
  explains: ({ whole }, { steps: [, key] }) => {
    const [before, after] = [dataOf(whole.before), dataOf(whole.after)];
    if (before === null || after === null) return false;
    if (typeof key === 'string') return keyOfValue(field(before, key)) === keyOfValue(field(after, key)) && Object.hasOwn(before, key);
    return keyOfValue(before) === keyOfValue(after);
  },
};

/** What the API would store: data, overlaid by stringData; null where either is no map. */
function dataOf(secret: JsonObject): JsonObject | null {
  const [data, texts] = [field(secret, 'data') ?? {}, field(secret, 'stringData') ?? {}];
  if (!isObject(data) || !isObject(texts)) return null;
  const stored = Object.entries(data);
  const written = Object.entries(texts).map(([key, text]) => [key, encoded(text)] as const);
  return Object.fromEntries([...stored.map(([key, value]) => [key, value ?? ''] as const), ...written]);
}

/** What is no text is refused by the API; it stays what it is. */
function encoded(text: Json): Json {
  return typeof text === 'string' ? Buffer.from(text, 'utf8').toString('base64') : text;
}
