import type { Json, JsonObject, Path } from '#proto/domain/json.ts';
import type { NameVerdict } from '../names.ts';

/** A place in a value that is secret; a mark covers all below it. */
export interface Mark {
  readonly path: Path;
  readonly rule: string;
  readonly kind: string;
}

/** Looks at one object of a document and says which places below it are secret. */
export interface StructureRule {
  readonly name: string;
  /** Text without any of these words, in any case, cannot hold what the rule looks for. */
  readonly keywords: readonly string[];
  /** How many objects around such a word must be read. */
  readonly levels: number;
  /** False where a field of this name gives the rule nothing to say; an object none of whose fields call it is not shown to it. */
  isCalledBy(name: string, judge: (name: string) => NameVerdict): boolean;
  /** Paths are relative to the object. */
  marks(object: JsonObject, judge: (name: string) => NameVerdict): Iterable<{ readonly path: Path; readonly kind?: string }>;
}

/** A short word for the placeholder, from the last name on a path. */
export function kindOf(path: Path): string {
  const name = path.findLast((step) => typeof step === 'string') ?? '';
  if (/passw|pwd|passphrase/i.test(name)) return 'password';
  if (/private/i.test(name)) return 'private-key';
  if (/token/i.test(name)) return 'token';
  return /key/i.test(name) ? 'key' : 'value';
}

/** The value at a path, or undefined where there is none. */
export function valueAt(root: Json | undefined, path: Path): Json | undefined {
  let value: Json | undefined = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (Array.isArray(value)) value = typeof step === 'number' ? (value as readonly Json[])[step] : undefined;
    else value = typeof step === 'string' && Object.hasOwn(value, step) ? (value as JsonObject)[step] : undefined;
  }
  return value;
}
