import type { Json, JsonObject, Path } from '#proto/domain/json.ts';

/** A value on one side; undefined where the side does not have it. */
export type Value = Json | undefined;

/** Where two values stand; `documents` are the texts that were opened on the way, by the number of steps. */
export interface Place {
  readonly type: string;
  readonly steps: Path;
  readonly documents: readonly { readonly format: 'json' | 'yaml' | 'policy'; readonly depth: number }[];
}

export interface Pair {
  readonly before: Value;
  readonly after: Value;
  /** The objects that hold the two values. */
  readonly parent: Around;
  /** The two resources. */
  readonly whole: Around;
}

export interface Around {
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** What the walk asks wherever two values differ: whether that means something, and how to look inside. */
export interface Normaliser {
  /** The name of the rule by which the two mean the same, or null. */
  explain(pair: Pair, place: Place): string | null;
  /** The two values behind their writing (JSON in a string…), or null. */
  open(before: Value, after: Value, place: Place): { before: Value; after: Value; format: Place['documents'][number]['format'] | null } | null;
  /** What tells the elements of the list at this place apart. */
  collection(place: Place): { kind: 'ordered' } | { kind: 'set' } | { kind: 'keyed'; keys: readonly string[] };
  /** True where the object at this place is a map of the user's own keys, and not a block of known fields. */
  isMap(place: Place): boolean;
  /** True where the map at this place says nothing by being there: each of its entries is told by itself. */
  isFrame(place: Place): boolean;
  /** What it comes to where the code leaves this out, or undefined where nobody can say. */
  unset(place: Place): Value;
  /** Elements of a set with equal results belong together. */
  canonical(value: Value, place: Place): Value;
}
