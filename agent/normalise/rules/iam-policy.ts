import { isList, isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import { parseDocument } from '../document.ts';
import { isEmpty, keyOfValue } from '../fields.ts';
import { inPolicy, namesInDocument } from '../place.ts';
import type { Rule, Value } from '../rule.ts';

/**
 * IAM's grammar (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html): one value or a list
 * of it, in any order, actions in any case, an account as its number or its root ARN, `"*"` or `{"AWS": "*"}`.
 */
export const iamPolicy: Rule = {
  name: 'iam-policy',
  reason: 'The policies grant and deny the same; IAM knows several writings for it.',
  appliesTo: () => true,
  canonical: (value, place) => {
    if (inPolicy(place)) return canonicalPart(value, namesInDocument(place));
    const policy = typeof value === 'string' ? parseDocument(value) : value;
    return isPolicy(policy) ? canonicalPart(policy, []) : value;
  },
  open: (before, after, place) => {
    if (!inPolicy(place)) return isPolicy(before) && isPolicy(after) ? { before, after, format: 'policy' } : null;
    if (isList(before) === isList(after) || !isListed(namesInDocument(place))) return null;
    return { before: listOf(before), after: listOf(after), format: null };
  },
};

function isPolicy(value: Value): value is JsonObject {
  return isObject(value) && Object.hasOwn(value, 'Statement') && (isObject(value['Statement']) || isList(value['Statement']));
}

/** True where IAM takes one value for a list of one. */
function isListed(names: readonly string[]): boolean {
  const [, second = '', third] = names;
  if (names.length <= 2) return names.length === 1 ? names[0] === 'Statement' : listed.has(second);
  return third !== undefined && ((names.length === 3 && second.endsWith('Principal')) || (names.length === 4 && second === 'Condition'));
}

const listed = new Set(['Action', 'NotAction', 'Resource', 'NotResource']);

function listOf(value: Value): Value {
  return isList(value) || value === undefined ? value : [value];
}

/** The canonical form of the part of a policy that stands below these names. */
function canonicalPart(value: Value, names: readonly string[]): Value {
  const [first, second] = names;
  if (first === undefined) return isObject(value) ? policy(value) : value;
  if (first === 'Version') return value ?? '2008-10-17'; // the default of a policy that names none
  if (first !== 'Statement') return value;
  if (second === undefined) return isObject(value) && names.length === 1 ? statement(value) : isList(value) ? statements(value) : value;
  return names.length === 2 ? element(second, value) : partOfElement(second, names.length, value);
}

function policy(document: JsonObject): JsonObject {
  const { Version: version = '2008-10-17', Statement: written = [], Id: id, ...rest } = document;
  const kept: JsonObject = { ...rest, Version: version, Statement: statements(isList(written) ? written : [written]) };
  return id === undefined || id === null || id === '' ? kept : { ...kept, Id: id };
}

function statements(list: readonly Json[]): Json {
  return byKey(list.map((item) => (isObject(item) ? statement(item) : item)));
}

function statement(written: JsonObject): JsonObject {
  const elements = Object.entries(written).map(([name, value]) => [name, element(name, value)] as const);
  return Object.fromEntries(elements.filter((entry): entry is readonly [string, Json] => entry[1] !== undefined));
}

function element(name: string, value: Value): Value {
  switch (name) {
    case 'Sid':
      return value === '' || value === null ? undefined : value;
    case 'Action':
    case 'NotAction':
      return setOf(value, (item) => (typeof item === 'string' ? item.toLowerCase() : item));
    case 'Resource':
    case 'NotResource':
      return setOf(value);
    case 'Principal':
    case 'NotPrincipal':
      return principal(value);
    case 'Condition':
      return isEmpty(value) ? undefined : isObject(value) ? mapValues(value, (operator) => (isObject(operator) ? conditionKeys(operator) : operator)) : value;
    default:
      return value;
  }
}

/** Below an element: Principal.<kind>, Condition.<operator>, Condition.<operator>.<key>. */
function partOfElement(name: string, depth: number, value: Value): Value {
  if ((name === 'Principal' || name === 'NotPrincipal') && depth === 3) return principals(value);
  if (name !== 'Condition' || value === undefined) return value;
  if (depth === 3) return isObject(value) ? conditionKeys(value) : value;
  return depth === 4 ? conditionValues(value) : value;
}

function principal(value: Value): Value {
  if (value === '*') return { AWS: ['*'] };
  return isObject(value) ? mapValues(value, (item) => principals(item) ?? null) : value;
}

function principals(value: Value): Value {
  return setOf(value, (item) => (typeof item === 'string' ? item.replace(/^arn:aws(?:-[a-z]+)*:iam::(\d{12}):root$/, '$1') : item));
}

/** Names of condition keys ignore letter case; two that differ in it alone stay as they are. */
function conditionKeys(operator: JsonObject): JsonObject {
  const entries = Object.entries(operator).map(([key, value]) => [key.toLowerCase(), conditionValues(value)] as const);
  return new Set(entries.map(([key]) => key)).size === entries.length ? Object.fromEntries(entries) : mapValues(operator, conditionValues);
}

function conditionValues(value: Json): Json {
  return setOf(value, (item) => (typeof item === 'boolean' || typeof item === 'number' ? String(item) : item)) ?? value;
}

function setOf(value: Value, spell: (item: Json) => Json = (item) => item): Value {
  if (value === undefined) return undefined;
  const items = byKey((isList(value) ? value : [value]).map(spell));
  return items.filter((item, index) => index === 0 || keyOfValue(item) !== keyOfValue(items[index - 1]));
}

function byKey(items: readonly Json[]): readonly Json[] {
  const keyed = items.map((item) => ({ item, key: keyOfValue(item) }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(({ item }) => item);
}

function mapValues(object: JsonObject, change: (value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
