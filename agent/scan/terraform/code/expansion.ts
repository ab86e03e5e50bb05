import type { InstanceKey } from '../address.ts';
import type { Body } from '../hcl/ast.ts';
import type { Evaluate, Scope } from '../hcl/evaluate.ts';
import { Mistake } from '../hcl/mistake.ts';
import { toBool, toNumber, toText } from '../hcl/convert.ts';
import { reveal } from '../hcl/reveal.ts';
import { isLazy, isMap, isSensitive, isSet, isUnknown, type Value } from '../hcl/value.ts';

/** Instances that a block asks for: none or one without a key, or one for each key. */
export type Expansion =
  | { readonly kind: 'single' }
  | { readonly kind: 'none' }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'each'; readonly values: ReadonlyMap<string, Value> }
  | { readonly kind: 'undecided'; readonly why: string };

/** More instances of one block than this are not counted out. */
const maxInstances = 10_000;

/** Evaluates `count`, `for_each` or `enabled` of a resource, data source or module. */
export function expansionOf(body: Body, scope: Scope, evaluate: Evaluate): Expansion {
  try {
    const count = body.attributes.get('count');
    if (count !== undefined) return byCount(plain(evaluate(count.value, scope)));
    const each = body.attributes.get('for_each');
    if (each !== undefined) return byKey(evaluate(each.value, scope));
    const enabled = body.blocks.find((block) => block.type === 'lifecycle')?.body.attributes.get('enabled');
    return enabled === undefined ? { kind: 'single' } : bySwitch(plain(evaluate(enabled.value, scope)));
  } catch (error) {
    if (error instanceof Mistake) return { kind: 'undecided', why: error.message };
    throw error;
  }
}

function plain(value: Value): Value {
  const shown = isSensitive(value) ? value.value : value;
  return isLazy(shown) ? shown.whole() : shown;
}

function bySwitch(value: Value): Expansion {
  if (isUnknown(value)) return { kind: 'undecided', why: `enabled cannot be told: ${value.why}` };
  return toBool(value) ? { kind: 'single' } : { kind: 'none' };
}

function byCount(value: Value): Expansion {
  if (isUnknown(value)) return { kind: 'undecided', why: `count cannot be told: ${value.why}` };
  const count = toNumber(value);
  if (!Number.isInteger(count) || count < 0) return { kind: 'undecided', why: 'count is not a whole number' };
  return count > maxInstances ? tooMany('count') : { kind: 'count', count };
}

function byKey(given: Value): Expansion {
  if (isSensitive(given)) return { kind: 'undecided', why: 'for_each must not be over something sensitive' };
  const value = plain(given);
  if (isUnknown(value)) return { kind: 'undecided', why: `for_each cannot be told: ${value.why}` };
  if (isMap(value)) return value.size > maxInstances ? tooMany('for_each') : { kind: 'each', values: value };
  if (!isSet(value)) return { kind: 'undecided', why: 'for_each is not over a map or a set' };
  if (value.items.length > maxInstances) return tooMany('for_each');
  if (!value.items.every((item) => typeof reveal(item).value === 'string')) return { kind: 'undecided', why: 'for_each is over a set of something else than texts' };
  return { kind: 'each', values: new Map(value.items.map((item) => [toText(reveal(item).value), item])) };
}

function tooMany(argument: string): Expansion {
  return { kind: 'undecided', why: `${argument} asks for more than ${maxInstances} instances` };
}

/** One instance's key, and what `count` and `each` mean in its body. */
export interface Instance {
  readonly key: InstanceKey;
  readonly names: ReadonlyMap<string, Value>;
}

export function instancesOf(expansion: Expansion): readonly Instance[] {
  switch (expansion.kind) {
    case 'single':
      return [{ key: null, names: new Map() }];
    case 'count':
      return Array.from({ length: expansion.count }, (_, index) => ({ key: index, names: new Map([['count', new Map([['index', index]])]]) }));
    case 'each':
      return [...expansion.values].map(([key, value]) => ({ key, names: new Map([['each', new Map<string, Value>([['key', key], ['value', value]])]]) }));
    case 'none':
    case 'undecided':
      return [];
  }
}

/** What a reference to the whole block means: one instance, a list of them, or a map. */
export function gather(expansion: Expansion, value: (instance: Instance) => Value): Value {
  const found = instancesOf(expansion).map((instance) => [instance, value(instance)] as const);
  switch (expansion.kind) {
    case 'single':
      return found[0]?.[1] ?? null;
    case 'none':
      return null;
    case 'count':
      return found.map(([, each]) => each);
    case 'each':
      return new Map(found.map(([{ key }, each]) => [String(key), each]));
    case 'undecided':
      return { kind: 'unknown', why: expansion.why, failed: false };
  }
}
