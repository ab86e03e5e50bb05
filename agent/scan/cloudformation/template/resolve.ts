import { isList, isObject, type Json, type JsonObject, type Path } from '#proto/domain/json.ts';
import { type Decide, evaluateConditions, type Verdict } from './conditions.ts';
import { branchOf, functions, type Resolver } from './functions.ts';
import { expandLoops, unrolled } from './loops.ts';
import { absent, asText, isAbsent, isUndecided, type Resolved, undecided } from './resolved.ts';
import type { Template } from './parse-template.ts';

export interface TemplateInputs {
  /** The stack's parameters by name; what is missing here takes the template's default, but for those that AWS hides. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What parameters that name one of SSM stood for when the stack was made. */
  readonly resolved?: Readonly<Record<string, string>>;
  /** `AWS::Region` and its like, as far as they are known. */
  readonly pseudo: Readonly<Record<string, string>>;
  /** Physical ids by logical id, for `Ref` to a resource. */
  readonly physicalIds: Readonly<Record<string, string>>;
}

/** What a template asks for of one resource. */
export interface WantedResource {
  readonly logicalId: string;
  readonly type: string;
  /** `absent` where its condition is false, `undecided` where its condition hangs on something that is not known. */
  readonly presence: 'present' | 'absent' | 'undecided';
  readonly values: JsonObject;
  readonly unknown: readonly Path[];
  /** Values that came from a NoEcho parameter. */
  readonly sensitive: readonly Path[];
}

/** Deeper nesting is not followed: the value is undecided. */
const maxDepth = 100;

/** Evaluates a template as far as it is decidable; what is not becomes an unknown path, never a guess. */
export function resolveTemplate(template: Template, inputs: TemplateInputs): readonly WantedResource[] {
  return resolveWhole(template, inputs).resources;
}

/** The same with whether these are all: a loop over something that is not known makes nobody knows what. */
export function resolveWhole(template: Template, inputs: TemplateInputs): { readonly resources: readonly WantedResource[]; readonly isWhole: boolean } {
  const undecidedYet: Decide = () => undecided;
  const early = createResolver({ template, inputs, decide: undecidedYet });
  const decide = evaluateConditions(unrolled(template.Conditions ?? {}, early), early);
  const resolve = createResolver({ template, inputs, decide });
  const hidden = hiddenParameters(template);
  const looped = expandLoops(template.Loops, resolve);
  const resources = Object.entries({ ...template.Resources, ...looped.resources }).map(([logicalId, { Type: type, Condition: condition, Properties: properties }]) => ({
    logicalId,
    type,
    presence: presenceOf(condition === undefined ? true : decide(condition)),
    ...resolveProperties(isObject(properties) ? unrolled(properties, resolve) : {}, { resolve, decide, hidden }),
  }));
  return { resources, isWhole: looped.isWhole };
}

function presenceOf(shown: Verdict): WantedResource['presence'] {
  if (isUndecided(shown)) return 'undecided';
  return shown ? 'present' : 'absent';
}

function hiddenParameters(template: Template): ReadonlySet<string> {
  const parameters = Object.entries(template.Parameters ?? {});
  return new Set(parameters.filter(([, parameter]) => isHidden(parameter)).map(([name]) => name));
}

function isHidden({ NoEcho: hidden }: { readonly NoEcho?: Json | undefined }): boolean {
  return hidden === true || (typeof hidden === 'string' && hidden.toLowerCase() === 'true');
}

interface Context {
  readonly template: Template;
  readonly inputs: TemplateInputs;
  readonly decide: Decide;
}

/** Properties one by one, so that an undecided leaf leaves its neighbours comparable. */
function resolveProperties(
  properties: Json,
  { resolve, decide, hidden }: { readonly resolve: (value: Json) => Resolved; readonly decide: Decide; readonly hidden: ReadonlySet<string> },
): Pick<WantedResource, 'values' | 'unknown' | 'sensitive'> {
  const unknown: Path[] = [];
  const sensitive: Path[] = [];
  const values = walk(properties, []);
  return { values: !isAbsent(values) && isObject(values) ? values : {}, unknown, sensitive };

  function walk(value: Json, path: Path): Json | typeof absent {
    if (path.length > maxDepth) return give(undecided, path);
    if (isList(value)) return items(value, path);
    if (typeof value === 'string' && isDynamic(value)) return secret(value, path);
    if (!isObject(value)) return value;
    if (isGenerated(value)) return give(undecided, path);
    const called = functionOf(value);
    if (called !== null) {
      const branch = called[0] === 'Fn::If' ? branchOf(called[1], decide) : undefined;
      if (branch !== undefined) return walk(branch, path);
      if (mentions(value, hidden)) sensitive.push(path);
      return give(resolve(value), path);
    }
    const entries = Object.entries(value).map(([key, inner]) => [key, walk(inner, [...path, key])] as const);
    return Object.fromEntries(entries.filter((entry): entry is readonly [string, Json] => !isAbsent(entry[1])));
  }

  /** An element that is not there moves those behind it up. */
  function items(list: readonly Json[], path: Path): Json {
    const kept: Json[] = [];
    for (const item of list) {
      const found = walk(item, [...path, kept.length]);
      if (!isAbsent(found)) kept.push(found);
    }
    return kept;
  }

  /** AWS puts the value in while it makes the resource, and shows it to nobody who reads the template. */
  function secret(reference: string, path: Path): Json | typeof absent {
    if (/\{\{resolve:(?:secretsmanager|ssm-secure):/.test(reference)) sensitive.push(path);
    return give(undecided, path);
  }

  function give(resolved: Resolved, path: Path): Json | typeof absent {
    if (typeof resolved === 'string' && isDynamic(resolved)) return secret(resolved, path);
    if (!isUndecided(resolved)) return resolved;
    unknown.push(path);
    return null;
  }
}

/** `{{resolve:ssm:NAME}}`: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
function isDynamic(text: string): boolean {
  return text.includes('{{resolve:');
}

/** An object into which a macro or a loop puts more than stands here. */
function isGenerated(value: JsonObject): boolean {
  const keys = Object.keys(value);
  return keys.some((key) => key === 'Fn::Transform' || key.startsWith('Fn::ForEach::') || (key.startsWith('Fn::') && keys.length > 1));
}

/** Whether an expression reads one of these parameters, by `Ref` or inside a `Sub`. */
function mentions(value: Json, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  if (typeof value === 'string') return names.has(value) || [...value.matchAll(/\$\{([^!${}]+)\}/g)].some(([, name]) => names.has((name ?? '').trim()));
  if (isList(value)) return value.some((item) => mentions(item, names));
  return isObject(value) && Object.values(value).some((item) => mentions(item, names));
}

function createResolver(context: Context): (value: Json) => Resolved {
  const resolver: Resolver = { resolve, reference, decide: context.decide, mappings: context.template.Mappings ?? {} };
  return resolve;

  function resolve(value: Json): Resolved {
    if (isList(value)) return all(value);
    if (!isObject(value)) return value;
    const called = functionOf(value);
    if (called === null) return fields(value);
    const [name, argument] = called;
    if (name === 'Ref') return typeof argument === 'string' ? reference(argument) : undecided;
    const evaluate = functions.get(name);
    return evaluate === undefined ? undecided : evaluate(argument, resolver);
  }

  function reference(name: string): Resolved {
    const { parameters, resolved = {}, pseudo, physicalIds } = context.inputs;
    if (name === 'AWS::NoValue') return absent;
    const parameter = declared(name);
    if (parameter === undefined) return own(pseudo, name) ?? own(physicalIds, name) ?? undecided;
    if (parameter.Type?.startsWith('AWS::SSM::Parameter::Value') === true) return valueOf(own(resolved, name), parameter.Type); // its value and its default name what is meant
    return valueOf(own(parameters, name) ?? (isHidden(parameter) ? undefined : parameter.Default), parameter.Type);
  }

  function declared(name: string) {
    const { Parameters: parameters } = context.template;
    return parameters && Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  }

  function all(items: readonly Json[]): Resolved {
    const resolved = items.map(resolve).filter((item) => !isAbsent(item));
    return resolved.some(isUndecided) ? undecided : resolved.filter((item): item is Json => !isUndecided(item));
  }

  function fields(object: JsonObject): Resolved {
    const resolved = Object.entries(object).map(([key, inner]) => [key, resolve(inner)] as const);
    if (resolved.some(([, inner]) => isUndecided(inner))) return undecided;
    return Object.fromEntries(resolved.filter((entry): entry is readonly [string, Json] => !isAbsent(entry[1]) && !isUndecided(entry[1])));
  }
}

/** Parameters of lists come as one text with commas. */
function valueOf(value: Json | undefined, type: string | undefined): Resolved {
  const text = asText(value ?? undecided);
  if (isUndecided(text) || value === undefined) return undecided;
  return type !== undefined && /^(?:AWS::SSM::Parameter::Value<)?(?:CommaDelimitedList|List<)/.test(type) ? text.split(',').map((item) => item.trim()) : value;
}

function functionOf(value: JsonObject): readonly [string, Json] | null {
  const keys = Object.keys(value);
  const [name] = keys;
  if (keys.length !== 1 || name === undefined) return null;
  return name === 'Ref' || name.startsWith('Fn::') ? [name, value[name] ?? null] : null;
}

function own(table: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
