import type { Expression } from './ast.ts';
import { canonical, compareMembers, textToNumber, toBool, toText } from './convert.ts';
import { Mistake } from './mistake.ts';
import { listOf, mapOf, sameType, type AttributeType, type Type, typeOf, unify } from './typed.ts';
import { isExact, isLazy, isMap, isSensitive, isUnknown, members, sensitive, type SetOf, unknown, type Value } from './value.ts';

type Constant = (of: Expression) => Value;

/**
 * A value as the type asks for it; unknown values stay as they are. `constant` evaluates the defaults of optional attributes.
 * @throws Mistake where it cannot be converted
 */
export function convertTo(type: Type, value: Value, constant: Constant = () => null): Value {
  if (isSensitive(value)) return sensitive(convertTo(type, value.value, constant));
  if (isLazy(value)) return convertTo(type, value.whole(), constant);
  if (value === null || isUnknown(value)) return value;
  switch (type.kind) {
    case 'any':
      return value;
    case 'string':
      return toText(value);
    case 'bool':
      return toBool(value);
    case 'number':
      if (typeof value === 'number' || isExact(value)) return value;
      return textToNumber(toText(value));
    case 'list':
      return toListOf(itemsOf(value).map((item) => convertTo(type.of, item, constant)), type.of);
    case 'set':
      return toSetOf(itemsOf(value).map((item) => convertTo(type.of, item, constant)));
    case 'map':
      return convertMap(type.of, value, constant);
    case 'tuple':
      return convertTuple(type.items, itemsOf(value), constant);
    case 'object':
      return convertObject(type.attributes, value, constant);
  }
}

function itemsOf(value: Value): readonly Value[] {
  const found = members(value);
  if (found === undefined) throw new Mistake('a list is needed');
  return found;
}

/** A list: its members in the one type that all of them can have. @throws Mistake where there is none */
export function toListOf(items: readonly Value[], asked: Type = { kind: 'any' }): readonly Value[] {
  const { type, values } = inOneType(items);
  return listOf(type.kind === 'any' ? asked : type, values);
}

/** A map: its values in the one type that all of them can have. @throws Mistake where there is none */
export function toMapOf(entries: ReadonlyMap<string, Value>, asked: Type = { kind: 'any' }): ReadonlyMap<string, Value> {
  const { type, values } = inOneType([...entries.values()]);
  return mapOf(type.kind === 'any' ? asked : type, [...entries.keys()].map((key, index) => [key, values[index] ?? null]));
}

/** A set: each member once, in the order in which terraform iterates; unknown where a member is. @throws Mistake */
export function toSetOf(items: readonly Value[]): Value {
  const missing = items.find(isUnknown);
  if (missing !== undefined) return unknown(missing.why);
  const plain = items.map((item) => (isSensitive(item) ? item.value : item));
  return items.some(isSensitive) ? sensitive(toSet(plain)) : toSet(plain);
}

/** The same of members that are all known and shown. @throws Mistake */
export function toSet(items: readonly Value[]): SetOf {
  const distinct = new Map(inOneType(items).values.map((value) => [canonical(value), value]));
  return { kind: 'set', items: [...distinct.entries()].sort(compareMembers).map(([, value]) => value) };
}

/** @throws Mistake where members have no type in common */
export function inOneType(items: readonly Value[]): { readonly type: Type; readonly values: readonly Value[] } {
  const types = items.map(typeOf);
  const type = unify(types);
  if (type === undefined) throw new Mistake('the members cannot be of one type');
  return { type, values: types.every((each) => sameType(each, type) === true) ? items : items.map((item) => convertTo(type, item)) };
}

function convertMap(of: Type, value: Value, constant: Constant): Value {
  if (!isMap(value)) throw new Mistake('a map is needed');
  return toMapOf(new Map([...value].map(([key, item]) => [key, convertTo(of, item, constant)])), of);
}

function convertTuple(types: readonly Type[], items: readonly Value[], constant: Constant): Value {
  if (items.length !== types.length) throw new Mistake('the tuple has another number of members');
  return types.map((type, index) => convertTo(type, items[index] ?? null, constant));
}

function convertObject(attributes: ReadonlyMap<string, AttributeType>, value: Value, constant: Constant): Value {
  if (!isMap(value)) throw new Mistake('an object is needed');
  const found = new Map<string, Value>();
  for (const [name, { type, optional, otherwise }] of attributes) {
    const given = value.get(name) ?? null;
    if (!value.has(name) && !optional) throw new Mistake(`the object lacks ${name}`);
    found.set(name, convertTo(type, given === null && otherwise !== null ? constant(otherwise) : given, constant));
  }
  return found;
}
