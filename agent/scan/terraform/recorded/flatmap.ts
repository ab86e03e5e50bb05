import { isObject, type Json, type JsonObject } from '#proto/domain/json.ts';

/** Deeper keys are kept whole: no provider nests that deep, and what walks the result must not overflow. */
const maxSteps = 64;

interface Branch {
  leaf?: Json;
  readonly under: Map<string, Branch>;
}

/**
 * Nests the flat attributes of old states (`a.#` counts a list, `a.%` a map, `a.0.b` is a value). Set members are keyed
 * by a hash there and come in its order. All values stay text, as the state has them.
 */
export function unflatten(flat: JsonObject): JsonObject {
  const root: Branch = { under: new Map() };
  for (const [key, value] of Object.entries(flat)) {
    let branch = root;
    for (const step of steps(key)) branch = child(branch, step);
    branch.leaf = value;
  }
  const value = nest(root);
  return isObject(value) ? value : {};
}

function steps(key: string): readonly string[] {
  const parts = key.split('.');
  return parts.length <= maxSteps ? parts : [...parts.slice(0, maxSteps - 1), parts.slice(maxSteps - 1).join('.')];
}

function child(branch: Branch, step: string): Branch {
  let found = branch.under.get(step);
  if (found === undefined) {
    found = { under: new Map() };
    branch.under.set(step, found);
  }
  return found;
}

function nest(branch: Branch): Json {
  if (branch.under.size === 0) return branch.leaf ?? null;
  if (branch.under.has('%')) return map(branch);
  const keys = [...branch.under.keys()].filter((key) => key !== '#');
  if (branch.under.has('#') && keys.every((key) => /^\d+$/.test(key))) {
    return keys.sort((a, b) => Number(a) - Number(b)).map((key) => nest(child(branch, key)));
  }
  if (branch.under.has('#')) return map(branch); // before `%` there was, maps were counted like lists
  return Object.fromEntries([...branch.under].map(([key, under]) => [key, nest(under)]));
}

/** A map holds plain values, so a dot below it belongs to the key: `tags.a.b`. */
function map(branch: Branch): JsonObject {
  const entries: [string, Json][] = [];
  const walk = (at: Branch, prefix: string): void => {
    if (at.leaf !== undefined) entries.push([prefix, at.leaf]);
    for (const [key, under] of at.under) walk(under, prefix === '' ? key : `${prefix}.${key}`);
  };
  for (const [key, under] of branch.under) if (key !== '%' && key !== '#') walk(under, key);
  return Object.fromEntries(entries);
}
