import type { Path } from '#proto/domain/json.ts';
import type { InstanceKey, ResourceName } from '../address.ts';
import { untyped } from '../hcl/typed.ts';
import { unknown, type Value } from '../hcl/value.ts';

/** What a resource's block asks for: its arguments, and its nested blocks as they repeat. */
export type CodedBody = ReadonlyMap<string, Coded>;

export type Coded =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'blocks'; readonly items: readonly CodedBody[] }
  /** Blocks whose number cannot be told. */
  | { readonly kind: 'undecided'; readonly why: string };

/** One resource that the code asks for. */
export interface CodedResource extends ResourceName {
  readonly address: string;
  readonly key: InstanceKey;
  readonly provider: string;
  readonly body: CodedBody;
  /** `[[]]` for all. */
  readonly ignored: readonly Path[];
}

/** Something whose number or existence cannot be told: a resource without its key, or a whole module. */
export interface Undecided {
  /** `aws_vpc.a`, `module.net`. */
  readonly address: string;
  readonly why: string;
}

export interface CodedStack {
  readonly resources: readonly CodedResource[];
  readonly undecided: readonly Undecided[];
}

/** A coded argument or block as a value that expressions can use. */
export function codedValue(coded: Coded): Value {
  if (coded.kind === 'value') return coded.value;
  if (coded.kind === 'undecided') return unknown(coded.why);
  return untyped(coded.items.map((item) => untyped(new Map([...item].map(([name, inner]) => [name, codedValue(inner)])))));
}

export const cyclic = unknown('it refers to itself');
