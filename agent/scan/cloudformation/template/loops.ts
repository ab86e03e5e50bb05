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

/**
 * Runs the loops of a template (`Fn::ForEach`, of AWS::LanguageExtensions) whose collections can be decided:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function expandLoops(loops: Readonly<Record<string, Json>>, resolve: (value: Json) => Resolved): Expanded {
  const made: Record<string, Resource> = {};
  let isWhole = true;
  for (const [name, loop] of Object.entries(loops)) run(name, loop);
  return { resources: made, isWhole };

  function run(name: string, loop: Json): void {
    const [identifier, collection, body] = isList(loop) ? loop : [];
    const items = collection === undefined ? null : resolve(collection);
    if (!name.startsWith('Fn::ForEach::') || typeof identifier !== 'string' || !isObject(body) || items === null || isUndecided(items) || isAbsent(items) || !isList(items)) {
      isWhole = false;
      return;
    }
    for (const item of items) if (typeof item === 'string' || typeof item === 'number') put(filled(body, identifier, String(item)));
  }

  function put(entries: Json): void {
    if (!isObject(entries)) return;
    for (const [key, value] of Object.entries(entries)) {
      const resource = Resource.safeParse(value);
      if (key.startsWith('Fn::ForEach::')) run(key, value);
      else if (resource.success && Object.keys(made).length < maxMade) made[key] = resource.data;
      else isWhole = false;
    }
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
