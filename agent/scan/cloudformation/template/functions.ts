import { isList, isObject, type Json, type JsonObject, sameJson } from '#proto/domain/json.ts';
import type { Decide } from './conditions.ts';
import { rangesIn } from './ranges.ts';
import { asText, isAbsent, isUndecided, type Resolved, undecided } from './resolved.ts';

/** What a function may ask of its surroundings. */
export interface Resolver {
  readonly resolve: (value: Json) => Resolved;
  readonly reference: (name: string) => Resolved;
  readonly decide: Decide;
  readonly mappings: Readonly<Record<string, Json>>;
}

type Evaluate = (argument: Json, resolver: Resolver) => Resolved;

/**
 * The intrinsic functions that can be decided without asking AWS
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html). What is not
 * here (GetAtt, GetAZs, ImportValue, Transform…) is undecided.
 */
export const functions: ReadonlyMap<string, Evaluate> = new Map<string, Evaluate>([
  ['Fn::Base64', base64],
  ['Fn::Cidr', cidr],
  ['Fn::FindInMap', findInMap],
  ['Fn::If', choose],
  ['Fn::Join', join],
  ['Fn::Length', length],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::Sub', substitute],
  ['Fn::ToJsonString', toJsonString],
]);

function base64(argument: Json, { resolve }: Resolver): Resolved {
  const text = asText(resolve(argument));
  return isUndecided(text) ? undecided : Buffer.from(text, 'utf8').toString('base64');
}

/** `[block, count, host bits]`: the first so many ranges of that size in the block; for IPv6 the bits must be named. */
function cidr(argument: Json, { resolve }: Resolver): Resolved {
  if (!isList(argument)) return undecided;
  const [block, count, bits] = argument.slice(0, 3).map((item) => asText(resolve(item)));
  if (block === undefined || count === undefined || isUndecided(block) || isUndecided(count) || (bits !== undefined && isUndecided(bits))) return undecided;
  return rangesIn(block, Number(count), bits === undefined ? (block.includes(':') ? 64 : 8) : Number(bits)) ?? undecided;
}

function findInMap(argument: Json, { resolve, mappings }: Resolver): Resolved {
  if (!isList(argument)) return undecided;
  const [name, first, second] = argument.slice(0, 3).map((item) => asText(resolve(item)));
  if (name === undefined || first === undefined || second === undefined) return undecided;
  if (isUndecided(name) || isUndecided(first) || isUndecided(second)) return undecided;
  const found = field(field(mappings[name], first), second);
  if (found !== undefined) return found;
  const fallback = argument[3];
  return isObject(fallback) && fallback['DefaultValue'] !== undefined ? resolve(fallback['DefaultValue']) : undecided;
}

function choose(argument: Json, { resolve, decide }: Resolver): Resolved {
  const branch = branchOf(argument, decide);
  return branch === undefined ? undecided : resolve(branch);
}

/** The branch of an `If` that holds; undefined where that cannot be told, and the branches are not the same. */
export function branchOf(argument: Json, decide: Decide): Json | undefined {
  if (!isList(argument) || typeof argument[0] !== 'string') return undefined;
  const [name, held, otherwise] = argument;
  const verdict = decide(name);
  if (isUndecided(verdict)) return held !== undefined && otherwise !== undefined && sameJson(held, otherwise) ? held : undefined;
  return verdict ? held : otherwise;
}

function join(argument: Json, { resolve }: Resolver): Resolved {
  if (!isList(argument) || typeof argument[0] !== 'string') return undecided;
  const items = resolve(argument[1] ?? null);
  if (!isResolvedList(items)) return undecided;
  const texts = items.map(asText);
  return texts.some(isUndecided) ? undecided : texts.map(String).join(argument[0]);
}

function length(argument: Json, { resolve }: Resolver): Resolved {
  const items = resolve(argument);
  return isResolvedList(items) ? items.length : undecided;
}

function select(argument: Json, { resolve }: Resolver): Resolved {
  if (!isList(argument)) return undecided;
  const index = asText(resolve(argument[0] ?? null));
  const list = argument[1];
  if (isUndecided(index) || !/^\d+$/.test(index)) return undecided;
  if (isList(list)) { // its neighbours may stay undecided
    const chosen = list[Number(index)];
    const found = chosen === undefined ? undecided : resolve(chosen);
    return isAbsent(found) ? undecided : found;
  }
  const items = resolve(list ?? null);
  return isResolvedList(items) ? (items[Number(index)] ?? undecided) : undecided;
}

function split(argument: Json, { resolve }: Resolver): Resolved {
  if (!isList(argument) || typeof argument[0] !== 'string') return undecided;
  const text = asText(resolve(argument[1] ?? null));
  return isUndecided(text) ? undecided : text.split(argument[0]);
}

function substitute(argument: Json, resolver: Resolver): Resolved {
  const [template, variables] = isList(argument) ? argument : [argument, {}];
  if (typeof template !== 'string') return undecided;
  let whole = true;
  const text = template.replaceAll(/\$\{(!?)([^${}]+)\}/g, (_, literal: string, name: string) => {
    if (literal !== '') return `\${${name}}`;
    const value = asText(valueOf(name.trim(), isObject(variables) ? variables : {}, resolver));
    if (isUndecided(value)) whole = false;
    return isUndecided(value) ? '' : value;
  });
  return whole ? text : undecided;
}

function valueOf(name: string, variables: JsonObject, { resolve, reference }: Resolver): Resolved {
  if (Object.hasOwn(variables, name)) return resolve(variables[name] ?? null);
  return name.includes('.') ? undecided : reference(name); // with a dot it is an attribute
}

function toJsonString(argument: Json, { resolve }: Resolver): Resolved {
  const value = resolve(argument);
  return isUndecided(value) || isAbsent(value) ? undecided : JSON.stringify(value);
}

function isResolvedList(value: Resolved): value is readonly Json[] {
  return Array.isArray(value);
}

function field(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
