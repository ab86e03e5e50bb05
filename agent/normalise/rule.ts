import type { Json, JsonObject, Path } from '#proto/domain/json.ts';
import type { Tool } from '#proto/domain/resource-type.ts';
import type { Share } from './siblings/share.ts';

/** A document that was opened on the way to a place; `depth` is the number of steps at which it stands. */
export interface Document {
  readonly format: 'json' | 'yaml' | 'policy';
  readonly depth: number;
}

/** Where a value stands: in which type of resource, by which steps, and inside which opened documents. */
export interface Spot {
  readonly type: string;
  readonly steps: Path;
  readonly documents: readonly Document[];
}

/** The same with what every rule asks of it, worked out once. */
export interface Place extends Spot {
  readonly tool: Tool;
  /** The names by which a rule may know the type, Terraform's first. */
  readonly types: readonly string[];
  /** All keys on the way, indices left out, spelling folded: `cidrblocks` for `cidr_blocks` and `cidrBlocks`. */
  readonly names: readonly string[];
  /** The last of them; empty at the root, and where a Kubernetes object has keys of the user's own. */
  readonly name: string;
}

/** A value as a rule meets it; undefined where the side does not have it. */
export type Value = Json | undefined;

/** Both sides of one place, the objects they stand in, and the whole resources around them. */
export interface Pair {
  readonly before: Value;
  readonly after: Value;
  readonly parent: Around;
  readonly whole: Around;
}

interface Around {
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** Two values seen through their writing, so that the walk can go on inside. */
export interface Opened {
  readonly before: Value;
  readonly after: Value;
  readonly format: Document['format'] | null;
}

/** One reason why a difference can mean nothing. It changes no finding by itself: its name is told on the property. */
export interface Rule {
  /** Stable, kebab-case: people switch a rule off by it. */
  readonly name: string;
  /** One sentence for the person who wonders why a difference was not counted. */
  readonly reason: string;
  readonly appliesTo: (place: Place) => boolean;
  /** One spelling for all that mean the same here; applied twice it changes nothing more. */
  readonly canonical?: (value: Value, place: Place) => Value;
  /** For what only both sides together can tell. */
  readonly explains?: (pair: Pair, place: Place) => boolean;
  /** For what only the other resources of the stack can tell. */
  readonly shares?: readonly Share[];
  /** Lets the walk look inside a value that is more than it seems, or null. */
  readonly open?: (before: Value, after: Value, place: Place) => Opened | null;
}
