import { isList as isJsonList, isObject, type Json, type JsonObject, type Path } from '#proto/domain/json.ts';
import type { Side } from '#proto/domain/resource.ts';
import { toText } from '../hcl/convert.ts';
import { isExact, isLazy, isMap, isSensitive, isUnknown, members, type Value } from '../hcl/value.ts';
import { alignBlocks } from './align-blocks.ts';
import type { Coded, CodedBody } from './coded.ts';

/** What nests deeper is no configuration, and is not told. */
const maxDepth = 200;

/**
 * The code's side of a resource, in the shape in which the state has it: a block that the state keeps alone is an object
 * there and a list elsewhere, a number that the schema makes a text is a text.
 */
export function toSide(body: CodedBody, recorded: JsonObject | null): Side {
  const unknown: Path[] = [];
  const sensitive: Path[] = [];
  const values = bodyToJson(body, recorded ?? undefined, []);
  return { values, sensitive, unknown, partial: true };

  function bodyToJson(of: CodedBody, like: Json | undefined, path: Path): JsonObject {
    return Object.fromEntries([...of].map(([name, coded]) => [name, codedToJson(coded, field(like, name), [...path, name])]));
  }

  function codedToJson(coded: Coded, like: Json | undefined, path: Path): Json {
    if (coded.kind === 'value') return toJson(coded.value, like, path);
    if (coded.kind === 'undecided') return hidden(path);
    const [only] = coded.items;
    if (isObject(like) && coded.items.length === 1 && only !== undefined) return bodyToJson(only, like, path);
    const order = isJsonList(like) ? alignBlocks(coded.items.map((item) => toSide(item, null).values), like) : coded.items.map((_, index) => index);
    return order.map((from, index) => blockAt(coded.items[from], isJsonList(like) ? like[index] : undefined, [...path, index]));
  }

  function blockAt(item: CodedBody | undefined, like: Json | undefined, path: Path): Json {
    return item === undefined ? null : bodyToJson(item, like, path);
  }

  function toJson(value: Value, like: Json | undefined, path: Path): Json {
    if (isSensitive(value)) {
      sensitive.push(path);
      return toJson(value.value, like, path);
    }
    if (isUnknown(value) || path.length > maxDepth) return hidden(path);
    if (isLazy(value)) return toJson(value.whole(), like, path);
    if (isMap(value)) return mapToJson(value, like, path);
    const items = members(value);
    if (items !== undefined) return items.map((item, index) => toJson(item, isJsonList(like) ? like[index] : undefined, [...path, index]));
    if (isExact(value)) return value.digits;
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? asRecorded(value, like) : null;
  }

  function mapToJson(value: ReadonlyMap<string, Value>, like: Json | undefined, path: Path): Json {
    const alone = isJsonList(like) && like.length <= 1; // an argument that the schema has as a block
    const inner = alone ? like[0] : like;
    const at = alone ? [...path, 0] : path;
    const found = Object.fromEntries([...value].map(([key, item]): [string, Json] => [key, toJson(item, field(inner, key), [...at, key])]));
    return alone ? [found] : found;
  }

  function hidden(path: Path): Json {
    unknown.push(path);
    return null;
  }
}

function field(of: Json | undefined, name: string): Json | undefined {
  return isObject(of) && Object.hasOwn(of, name) ? of[name] : undefined;
}

/** Converts a plain value where the state has another plain type and nothing is lost by it. */
function asRecorded(value: string | number | boolean, like: Json | undefined): Json {
  if (typeof like === 'string') return toText(value);
  if (typeof value !== 'string') return value;
  if (typeof like === 'number' && value.trim() !== '' && String(Number(value)) === value) return Number(value);
  if (typeof like === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}
