import { isList, isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import { Resource } from './parse-template.ts';
import { isAbsent, isUndecided, type Resolved } from './resolved.ts';

export interface Expanded {
  readonly resources: Readonly<Record<string, Resource>>;
  /** False where a loop could not be run here, so that nobody can say what it makes. */
  readonly isWhole: boolean;
}

/** More resources than a stack may have (500) come of no template that AWS takes. */
const maxMade = 2_000;

/** Nor does more text than this, of which AWS takes one million characters. */
const maxText = 16_000_000;

const loop = 'Fn::ForEach::';

/** The resources that the loops of a template make, as far as their collections can be decided. */
export function expandLoops(loops: Readonly<Record<string, Json>>, resolve: (value: Json) => Resolved): Expanded {
  const made = Object.entries(unrolled(loops, resolve)).map(([name, value]) => [name, Resource.safeParse(value)] as const);
  const resources = made.flatMap(([name, { data }]): [string, Resource][] => (data === undefined || name.startsWith(loop) ? [] : [[name, data]]));
  return { resources: Object.fromEntries(resources), isWhole: resources.length === made.length };
}

/**
 * An object with its loops run (`Fn::ForEach`, of AWS::LanguageExtensions), here and further down; a loop whose collection
 * cannot be decided stays as it stands:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function unrolled(object: JsonObject, resolve: (value: Json) => Resolved): JsonObject {
  let left = maxMade;
  let room = maxText;
  return fields(object);

  function fields(each: JsonObject): JsonObject {
    return Object.fromEntries(Object.entries(each).flatMap(([key, value]): (readonly [string, Json])[] => (key.startsWith(loop) ? run(key, value) : [[key, inside(value)]])));
  }

  function inside(value: Json): Json {
    if (isList(value)) return value.map(inside);
    return isObject(value) ? fields(value) : value;
  }

  function run(key: string, value: Json): (readonly [string, Json])[] {
    const [identifier, collection, body] = isList(value) ? value : [];
    const items = collection === undefined ? null : resolve(collection);
    if (typeof identifier !== 'string' || !isObject(body) || items === null || isUndecided(items) || isAbsent(items) || !isList(items) || items.length > left) return [[key, value]];
    const size = items.length * JSON.stringify(body).length;
    if (size > room) return [[key, value]];
    left -= items.length;
    room -= size;
    return items.flatMap((item) => {
      const made = typeof item === 'string' || typeof item === 'number' ? filled(body, identifier, String(item)) : null;
      return isObject(made) ? Object.entries(fields(made)) : [];
    });
  }
}

/** The body with one item in place of the identifier: `${x}`, `&{x}` (letters and digits alone) and `Ref`. */
function filled(value: Json, identifier: string, item: string): Json {
  if (typeof value === 'string') return text(value, identifier, item);
  if (isList(value)) return value.map((inner) => filled(inner, identifier, item));
  if (!isObject(value)) return value;
  if (isReference(value, identifier)) return item;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [text(key, identifier, item), filled(inner, identifier, item)]));
}

function text(written: string, identifier: string, item: string): string {
  return written.replaceAll(`\${${identifier}}`, item).replaceAll(`&{${identifier}}`, item.replaceAll(/[^A-Za-z0-9]/g, ''));
}

function isReference(value: JsonObject, identifier: string): boolean {
  return Object.keys(value).length === 1 && value['Ref'] === identifier;
}
