import { isList, isObject, type Json, type Path } from '#proto/domain/json.ts';
import type { NameVerdict } from '#secrets/names.ts';
import { isStandIn } from '#secrets/values.ts';

/** A place in a resource whose value is secret; a mark covers all below it. */
export interface Mark {
  readonly path: Path;
  readonly rule: string;
  readonly kind: string;
}

/** The places in a value that are secret by what the source says, by their names, or by the name beside them. */
export function marksOf(root: Json, sensitive: readonly Path[], judge: (name: string) => NameVerdict): readonly Mark[] {
  const marks: Mark[] = sensitive.map((path) => ({ path, rule: 'structure/marked-sensitive', kind: kindOf(path) }));
  walk(root, []);
  return marks;

  function walk(value: Json, path: Path): void {
    if (isList(value)) {
      value.forEach((item, index) => walk(item, [...path, index]));
      return;
    }
    if (!isObject(value)) return;
    const told = siblingOf(value, judge);
    for (const [name, inner] of Object.entries(value)) {
      const below = [...path, name];
      if (told === name) marks.push({ path: below, rule: 'structure/name-beside', kind: 'value' });
      else if (judge(name) === 'secret' && isSecretValue(inner)) marks.push({ path: below, rule: 'structure/secret-name', kind: kindOf(below) });
      else walk(inner, below);
    }
  }
}

/** The value at a path, or undefined where there is none. */
export function valueAt(root: Json, path: Path): Json | undefined {
  let value: Json | undefined = root;
  for (const step of path) {
    if (isList(value)) value = typeof step === 'number' ? value[step] : undefined;
    else if (isObject(value)) value = typeof step === 'string' && Object.hasOwn(value, step) ? value[step] : undefined;
    else return undefined;
  }
  return value;
}

/** A short word for the placeholder, from the last name on the path. */
export function kindOf(path: Path): string {
  const name = path.findLast((step) => typeof step === 'string') ?? '';
  if (/passw|pwd|passphrase/i.test(String(name))) return 'password';
  if (/token/i.test(String(name))) return 'token';
  if (/key/i.test(String(name))) return 'key';
  return 'value';
}

const nameKeys = ['name', 'key', 'Name', 'Key', 'OutputKey', 'ParameterKey', 'variable'];
const valueKeys = ['value', 'Value', 'OutputValue', 'ParameterValue', 'val', 'default'];

/** `{"name": "DB_PASSWORD", "value": …}`: the key of the value that the name beside it calls secret. */
function siblingOf(value: Readonly<Record<string, Json>>, judge: (name: string) => NameVerdict): string | undefined {
  const name = nameKeys.map((key) => value[key]).find((told) => typeof told === 'string');
  if (typeof name !== 'string' || judge(name) !== 'secret') return undefined;
  return valueKeys.find((key) => typeof value[key] === 'string' && isSecretValue(value[key]));
}

/** A name alone does not make flags, empty values, references or whole objects secret; those are walked instead. */
function isSecretValue(value: Json): boolean {
  if (typeof value === 'string') return !isStandIn(value);
  if (typeof value === 'number') return value >= 1_000;
  return isList(value) && value.length > 0 && value.every((item) => typeof item === 'string');
}
