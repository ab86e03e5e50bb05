import { isList, isObject } from '#proto/domain/json.ts';
import { foldName } from '#proto/domain/resource-type.ts';
import { isEmpty } from '../fields.ts';
import { inDocument, isElement, isTool } from '../place.ts';
import type { Rule, Value } from '../rule.ts';

/** `timeouts: [{create: null}]` against `[]`: a block whose every field is unset. */
export const emptyBlock: Rule = {
  name: 'empty-block',
  reason: 'A block in which nothing is set asks for the same as no block.',
  appliesTo: (place) => isTool(place, 'terraform', 'pulumi') && !inDocument(place) && !isElement(place) && !telling.has(place.name),
  canonical: (value) => (isNoBlock(value) ? undefined : value),
};

/** Blocks that say something by being there: an empty rule allows all, an empty selector matches all. */
const telling = new Set([
  'ingress', 'egress', 'podselector', 'namespaceselector', 'emptydir', 'filter', 'default', 'all', 'allow', 'deny', 'none', 'block', 'count',
  'anonymous', 'public', 'versioning', 'website', 'statement', 'from', 'to', 'rule', 'fieldtomatch', 'querystring', 'uripath', 'body',
  'method', 'overrideaction', 'singleheader', 'allqueryarguments', 'defaultaction', 'captcha', 'challenge', 'jsonbody',
  'andstatement', 'orstatement', 'notstatement',
]);

function isNoBlock(value: Value): boolean {
  return value === null || (isList(value) && (value.length === 0 || (value.length === 1 && isUnset(value[0]))));
}

function isUnset(value: Value): boolean {
  if (!isObject(value)) return value === null;
  const fields = Object.entries(value);
  return fields.length > 0 && !isChoice(Object.values(value)) && fields.every(([name, item]) => isEmpty(item) || (isList(item) && !telling.has(foldName(name)) && item.every(isUnset)));
}

/** One block is there and others beside it are not: `block {}` in place of `count {}` is all that an action says. */
function isChoice(items: readonly Value[]): boolean {
  const blocks = items.filter(isList);
  return blocks.some((block) => block.some(isObject)) && blocks.some((block) => block.length === 0);
}
