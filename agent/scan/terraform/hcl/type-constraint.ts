import type { Expression } from './ast.ts';
import { constantText } from './constant-text.ts';
import { textToNumber, toBool, toSet, toText, unifyPrimitives } from './convert.ts';
import { Mistake } from './mistake.ts';
import { parseExpression } from './parse-expression.ts';
import { isExact, isLazy, isMap, isSensitive, isUnknown, members, sensitive, type Value } from './value.ts';

/** What `type = …` of a variable asks for. */
export type TypeConstraint =
  | { readonly kind: 'any' | 'string' | 'number' | 'bool' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly of: TypeConstraint }
  | { readonly kind: 'tuple'; readonly items: readonly TypeConstraint[] }
  | { readonly kind: 'object'; readonly attributes: ReadonlyMap<string, ObjectAttribute> };

interface ObjectAttribute {
  readonly type: TypeConstraint;
  readonly optional: boolean;
  readonly otherwise: Expression | null;
}

const any: TypeConstraint = { kind: 'any' };

/** Reads a type; what is not understood asks for nothing. Quoted types are those of old code. */
export function readType(written: Expression | undefined): TypeConstraint {
  if (written === undefined) return any;
  if (written.kind === 'template') return readText(constantText(written) ?? '');
  if (written.kind === 'name') return readName(written.name);
  if (written.kind !== 'call') return any;
  const [inner] = written.args;
  if (written.name === 'list' || written.name === 'set' || written.name === 'map') return { kind: written.name, of: readType(inner) };
  if (written.name === 'tuple' && inner?.kind === 'list') return { kind: 'tuple', items: inner.items.map(readType) };
  if (written.name === 'object' && inner?.kind === 'object') return { kind: 'object', attributes: new Map(inner.entries.map(({ key, value }) => [constantText(key) ?? '', readAttribute(value)])) };
  return any;
}

function readName(name: string): TypeConstraint {
  if (name === 'string' || name === 'number' || name === 'bool') return { kind: name };
  return name === 'list' || name === 'map' || name === 'set' ? { kind: name, of: any } : any;
}

/** A type in quotes: old code, or the JSON syntax. */
function readText(text: string): TypeConstraint {
  if (!text.includes('(')) return readName(text);
  try {
    return readType(parseExpression(text));
  } catch {
    return any;
  }
}

function readAttribute(written: Expression): ObjectAttribute {
  if (written.kind !== 'call' || written.name !== 'optional') return { type: readType(written), optional: false, otherwise: null };
  return { type: readType(written.args[0]), optional: true, otherwise: written.args[1] ?? null };
}

/**
 * A value as the type asks for it; unknown values stay as they are.
 * @throws Mistake where it cannot be converted
 */
export function convertTo(type: TypeConstraint, value: Value, constant: (of: Expression) => Value): Value {
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
      return unify(itemsOf(value).map((item) => convertTo(type.of, item, constant)), type.of);
    case 'set':
      return toKnownSet(itemsOf(value).map((item) => convertTo(type.of, item, constant)));
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

function unify(items: readonly Value[], of: TypeConstraint): readonly Value[] {
  return of.kind === 'any' && !items.some((item) => isUnknown(item) || isSensitive(item)) ? unifyPrimitives(items) : items;
}

function toKnownSet(items: readonly Value[]): Value {
  const missing = items.find(isUnknown);
  if (missing !== undefined) return missing;
  return items.some(isSensitive) ? sensitive(toSet(items.map((item) => (isSensitive(item) ? item.value : item)))) : toSet(items);
}

function convertMap(of: TypeConstraint, value: Value, constant: (of: Expression) => Value): Value {
  if (!isMap(value)) throw new Mistake('a map is needed');
  const items = unify([...value.values()].map((item) => convertTo(of, item, constant)), of);
  return new Map([...value.keys()].map((key, index) => [key, items[index] ?? null]));
}

function convertTuple(types: readonly TypeConstraint[], items: readonly Value[], constant: (of: Expression) => Value): Value {
  if (items.length !== types.length) throw new Mistake('the tuple has another number of members');
  return types.map((type, index) => convertTo(type, items[index] ?? null, constant));
}

function convertObject(attributes: ReadonlyMap<string, ObjectAttribute>, value: Value, constant: (of: Expression) => Value): Value {
  if (!isMap(value)) throw new Mistake('an object is needed');
  const found = new Map<string, Value>();
  for (const [name, { type, optional, otherwise }] of attributes) {
    const given = value.get(name) ?? null;
    if (!value.has(name) && !optional) throw new Mistake(`the object lacks ${name}`);
    found.set(name, convertTo(type, given === null && otherwise !== null ? constant(otherwise) : given, constant));
  }
  return found;
}
