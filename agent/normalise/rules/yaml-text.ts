import { isObject } from '#proto/domain/json.ts';
import { parseDocument } from '../document.ts';
import { keyOfValue } from '../fields.ts';
import { parseYaml } from '../yaml-document.ts';
import type { Rule, Value } from '../rule.ts';

/** YAML in a string: quoting, indentation, key order and comments are not part of what it says. */
export const yamlText: Rule = {
  name: 'yaml-text',
  reason: 'The text is YAML, and both sides hold the same values in another writing.',
  appliesTo: () => true,
  explains: ({ before, after }) => {
    const opened = openBoth(before, after);
    return opened !== null && keyOfValue(opened.before) === keyOfValue(opened.after);
  },
  open: (before, after) => {
    const opened = openBoth(before, after);
    return opened === null || isObject(opened.before) !== isObject(opened.after) ? null : { ...opened, format: 'yaml' };
  },
};

function openBoth(before: Value, after: Value): { before: Value; after: Value } | null {
  if (typeof before !== 'string' || typeof after !== 'string') return null;
  const [one, other] = [parseYaml(before), parseYaml(after)];
  if (one === undefined && other === undefined) return null;
  const opened = { before: one ?? parseDocument(before), after: other ?? parseDocument(after) }; // JSON is YAML too
  return opened.before === undefined || opened.after === undefined ? null : { before: opened.before, after: opened.after };
}
