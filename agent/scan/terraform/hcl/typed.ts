import type { Expression } from './ast.ts';
import { isExact, isList, isMap, isSensitive, isSet, type Value } from './value.ts';

/** The type of a value, or what a variable asks for; `any` where it is not told: null, an unknown value. */
export type Type =
  | { readonly kind: 'any' | 'string' | 'number' | 'bool' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly of: Type }
  | { readonly kind: 'tuple'; readonly items: readonly Type[] }
  | { readonly kind: 'object'; readonly attributes: ReadonlyMap<string, AttributeType> };

export interface AttributeType {
  readonly type: Type;
  readonly optional: boolean;
  readonly otherwise: Expression | null;
}

const ofWhichType = Symbol('type');

const any: Type = { kind: 'any' };

/** Lists and maps carry their type; those without are the tuples and objects that literals make. */
export function listOf(of: Type, items: readonly Value[]): readonly Value[] {
  return marked([...items], { kind: 'list', of });
}

export function mapOf(of: Type, entries: Iterable<readonly [string, Value]>): ReadonlyMap<string, Value> {
  return marked(new Map(entries), { kind: 'map', of });
}

/** The same value, of which nobody shall conclude whether it is a list or a tuple: what a provider made. */
export function untyped(value: Value): Value {
  if (isList(value)) return marked(value.map(untyped), any);
  return isMap(value) ? marked(new Map([...value].map(([key, item]) => [key, untyped(item)])), any) : value;
}

/** Gives a list or map that was just made the type of another. */
export function typedLike<T extends readonly Value[] | ReadonlyMap<string, Value>>(like: T, made: T): T {
  const type = markOf(like);
  return type === undefined ? made : marked(made, type);
}

function marked<T extends readonly Value[] | ReadonlyMap<string, Value>>(made: T, type: Type): T {
  return Object.defineProperty(made, ofWhichType, { value: type });
}

function markOf(value: Value): Type | undefined {
  return typeof value === 'object' && value !== null && ofWhichType in value ? (value[ofWhichType] as Type) : undefined; // set above alone
}

/** What type a value has. */
export function typeOf(value: Value): Type {
  if (typeof value === 'string') return { kind: 'string' };
  if (typeof value === 'boolean') return { kind: 'bool' };
  if (typeof value === 'number' || isExact(value)) return { kind: 'number' };
  if (isSensitive(value)) return typeOf(value.value);
  const mark = markOf(value);
  if (mark !== undefined) return mark;
  if (isList(value)) return { kind: 'tuple', items: value.map(typeOf) };
  if (isSet(value)) return { kind: 'set', of: unify(value.items.map(typeOf)) ?? any };
  if (!isMap(value)) return any;
  return { kind: 'object', attributes: new Map([...value].map(([name, item]) => [name, required(typeOf(item))])) };
}

function required(type: Type): AttributeType {
  return { type, optional: false, otherwise: null };
}

/** Whether two types are one; undefined where one of them is not told. */
export function sameType(a: Type, b: Type): boolean | undefined {
  if (a.kind === 'any' || b.kind === 'any') return a.kind === b.kind ? true : undefined;
  if (a.kind === 'tuple') return b.kind === 'tuple' && a.items.length === b.items.length && all(a.items.map((item, index) => sameType(item, b.items[index] ?? any)));
  if (a.kind === 'object') return b.kind === 'object' && haveSameKeys(a.attributes, b.attributes) && all([...a.attributes].map(([name, { type }]) => sameType(type, b.attributes.get(name)?.type ?? any)));
  if ('of' in a) return a.kind === b.kind && 'of' in b && sameType(a.of, b.of);
  return a.kind === b.kind;
}

function all(verdicts: readonly (boolean | undefined)[]): boolean | undefined {
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
}

function haveSameKeys(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  return a.size === b.size && [...a.keys()].every((key) => b.has(key));
}

/** The type to which all of them can be converted, as go-cty's `convert.Unify` finds it, or undefined. What is not told agrees with anything. */
export function unify(types: readonly Type[]): Type | undefined {
  const [first, ...rest] = types.filter(({ kind }) => kind !== 'any');
  if (first === undefined) return any;
  return rest.reduce<Type | undefined>((found, next) => (found === undefined ? undefined : unifyTwo(found, next)), first) ?? unifyMembers([first, ...rest]);
}

function unifyTwo(a: Type, b: Type): Type | undefined {
  if (a.kind === 'any') return b;
  if (b.kind === 'any') return a;
  if (isPlain(a) && isPlain(b)) return a.kind === b.kind ? a : a.kind === 'string' || b.kind === 'string' ? { kind: 'string' } : undefined;
  if (a.kind === 'tuple' && b.kind === 'tuple') return unifyTuples(a.items, b.items);
  if (a.kind === 'object' && b.kind === 'object') return unifyObjects(a.attributes, b.attributes);
  if (isSequence(a) && isSequence(b)) return collection(a.kind === 'set' || b.kind === 'set' ? (a.kind === 'set' && b.kind === 'set' ? 'set' : 'list') : 'list', [...membersOf(a), ...membersOf(b)]);
  return isKeyed(a) && isKeyed(b) ? collection('map', [...membersOf(a), ...membersOf(b)]) : undefined;
}

/** Texts beside numbers beside truth values are texts, in whichever order they come. */
function unifyMembers(types: readonly Type[]): Type | undefined {
  if (types.every(isPlain)) return types.some(({ kind }) => kind === 'string') ? { kind: 'string' } : undefined;
  if (types.every(isSequence)) return collection(types.every(({ kind }) => kind === 'set') ? 'set' : 'list', types.flatMap(membersOf));
  return types.every(isKeyed) ? collection('map', types.flatMap(membersOf)) : undefined;
}

function unifyTuples(a: readonly Type[], b: readonly Type[]): Type | undefined {
  const items = a.length === b.length ? a.map((item, index) => unifyTwo(item, b[index] ?? any)) : [undefined];
  const known = items.filter((item) => item !== undefined);
  return known.length === items.length ? { kind: 'tuple', items: known } : collection('list', [...a, ...b]);
}

function unifyObjects(a: ReadonlyMap<string, AttributeType>, b: typeof a): Type | undefined {
  const types = [...a].map(([name, { type }]) => [name, unifyTwo(type, b.get(name)?.type ?? any)] as const);
  const known = types.flatMap(([name, type]) => (type === undefined ? [] : [[name, required(type)] as const]));
  if (haveSameKeys(a, b) && known.length === types.length) return { kind: 'object', attributes: new Map(known) };
  return collection('map', [...a.values(), ...b.values()].map(({ type }) => type));
}

function collection(kind: 'list' | 'set' | 'map', members: readonly Type[]): Type | undefined {
  const of = unify(members);
  return of === undefined ? undefined : { kind, of };
}

function membersOf(type: Type): readonly Type[] {
  if (type.kind === 'tuple') return type.items;
  if (type.kind === 'object') return [...type.attributes.values()].map(({ type: of }) => of);
  return 'of' in type ? [type.of] : [];
}

function isPlain({ kind }: Type): boolean {
  return kind === 'string' || kind === 'number' || kind === 'bool';
}

function isSequence({ kind }: Type): boolean {
  return kind === 'list' || kind === 'set' || kind === 'tuple';
}

function isKeyed({ kind }: Type): boolean {
  return kind === 'map' || kind === 'object';
}
