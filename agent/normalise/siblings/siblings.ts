import { isList, isObject, type Json, type JsonObject, type Path, sameJson } from '#proto/domain/json.ts';
import { foldName, namesOfType } from '#proto/domain/resource-type.ts';
import type { Value } from '../rule.ts';
import { fieldNamed } from './field-named.ts';
import type { Addition, Child, Share } from './share.ts';
import { isTrafficOf } from './traffic.ts';

/** A difference of a resource, and the values on the way to it, outermost first and itself last. */
interface Difference {
  readonly property: { readonly steps: Path; readonly before: Json; readonly after: Json };
  readonly trail: readonly { readonly steps: Path; readonly before: Value; readonly after: Value }[];
}

/** What the resources of one stack manage of one another. */
export interface Siblings {
  /** Called for every resource that the stack manages, before anything is asked. */
  see(type: string, values: JsonObject): void;
  /** True where another resource of the stack makes what this difference tells, and tells it where it drifts. */
  explain(type: string, difference: Difference): boolean;
}

export function createSiblings(shares: readonly Share[]): Siblings {
  const childTypes = new Map(shares.map((share) => [share.child, shares.filter(({ child }) => child === share.child)]));
  const parentTypes = new Map(shares.map((share) => [share.parent, shares.filter(({ parent }) => parent === share.parent)]));
  const children = new Map<string, Child[]>();
  return { see, explain };

  function see(type: string, values: JsonObject): void {
    for (const share of namesOfType(type).flatMap((name) => childTypes.get(name) ?? [])) {
      const child = { type: share.child, values };
      for (const parent of new Set(textsIn(fieldNamed(values, share.of)))) {
        const key = keyOf(share, parent);
        children.set(key, [...(children.get(key) ?? []), child]);
      }
    }
  }

  function explain(type: string, difference: Difference): boolean {
    const name = difference.property.steps.find((step) => typeof step === 'string');
    if (name === undefined) return false;
    const candidates = namesOfType(type).flatMap((known) => parentTypes.get(known) ?? []);
    return candidates.some((share) => share.attributes.some((attribute) => foldName(attribute) === foldName(name)) && isMadeBy(share, difference));
  }

  function isMadeBy(share: Share, difference: Difference): boolean {
    const root = difference.trail[0];
    const names = new Set([root?.before, root?.after].flatMap((side) => (isObject(side) ? namesOfParent(side) : [])));
    const made = [...new Set([...names].flatMap((name) => children.get(keyOf(share, name)) ?? []))];
    if (made.length === 0) return false;
    if (share.part.by === 'whole') return true;
    if (share.part.by === 'count') return typeof difference.property.after === 'number' && difference.property.after <= made.length; // one that is gone is told itself
    const added = additionsOf(difference);
    return added !== null && added.length > 0 && added.every((addition) => isPart(share, addition, made));
  }
}

/** By which its children may name a resource. */
function namesOfParent(values: JsonObject): readonly string[] {
  const names = ['id', 'arn', 'name', 'url', 'bucket', 'identifier', 'domain_name', 'self_link', 'allocation_id', 'primary_network_interface_id'].map((field) => fieldNamed(values, field));
  return [...new Set(names.filter((name) => typeof name === 'string' && name !== ''))] as string[]; // strings, by the filter
}

function keyOf({ parent, child }: Share, name: string): string {
  return `${parent}\n${child}\n${name}`;
}

/** What a difference adds to its attribute; null where it changes or removes something, which no child explains. */
function additionsOf({ property, trail }: Difference): readonly Addition[] | null {
  const [, index] = property.steps;
  const empty = property.before === null || (isList(property.before) && property.before.length === 0);
  if (property.steps.length === 1) return isList(property.after) && empty ? property.after.map((element) => ({ element, within: null })) : null;
  if (typeof index !== 'number' || property.before !== null) return null;
  if (property.steps.length === 2) return [{ element: property.after, within: null }];
  const element = trail.find(({ steps }) => steps.length === 2)?.after;
  const field = property.steps[2];
  return typeof field === 'string' && property.steps.length === 4 ? [{ element, within: { field, value: property.after } }] : null;
}

function isPart({ part }: Share, addition: Addition, made: readonly Child[]): boolean {
  if (part.by === 'traffic') return isTrafficOf(addition, made, part.direction);
  if (part.by !== 'element' || addition.within !== null) return false;
  return made.some(({ values }) => part.fields.some(([ours, theirs]) => {
    const mine = ours === '' ? addition.element : isObject(addition.element) ? fieldNamed(addition.element, ours) : undefined;
    const other = fieldNamed(values, theirs);
    if (mine === undefined || mine === null || mine === '' || other === undefined) return false;
    return sameJson(spelled(mine), spelled(other)) || (typeof mine === 'string' && textsIn(other).includes(mine));
  }));
}

/** A text, or every text in a block. */
function textsIn(value: Value): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (isList(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

function spelled(value: Json): Json {
  return typeof value === 'number' ? String(value) : value;
}
