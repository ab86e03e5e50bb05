import { writeKey } from '../address.ts';
import type { Attribute, Block, Expression } from '../hcl/ast.ts';
import { constantText } from '../hcl/constant-text.ts';

/** A block and the file that it stands in, for people. */
export interface PlacedBlock extends Block {
  readonly file: string;
}

export interface Move {
  readonly from: string;
  readonly to: string;
}

/** Where a provider comes from, and where the code says so. */
export interface RequiredProvider {
  readonly source: string;
  readonly file: string;
  readonly line: number;
}

/** One folder of code, its override files merged in. */
export interface Module {
  /** Absolute. */
  readonly folder: string;
  readonly variables: ReadonlyMap<string, PlacedBlock>;
  readonly locals: ReadonlyMap<string, Attribute>;
  /** By `type.name`. */
  readonly resources: ReadonlyMap<string, PlacedBlock>;
  readonly data: ReadonlyMap<string, PlacedBlock>;
  readonly ephemerals: ReadonlyMap<string, PlacedBlock>;
  readonly calls: ReadonlyMap<string, PlacedBlock>;
  readonly outputs: ReadonlyMap<string, PlacedBlock>;
  /** By `name` or `name.alias`. */
  readonly providers: ReadonlyMap<string, PlacedBlock>;
  /** By the local names of providers. */
  readonly required: ReadonlyMap<string, RequiredProvider>;
  readonly moves: readonly Move[];
  readonly backend: { readonly type: string; readonly block: PlacedBlock } | null;
  readonly mistakes: readonly CodeMistake[];
}

/** Something that terraform would refuse, and where. */
export interface CodeMistake {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** A module and those that it calls; a string says why a call cannot be followed. */
export interface ModuleTree {
  readonly module: Module;
  readonly children: ReadonlyMap<string, ModuleTree | string>;
}

/** `a.b[0]["k"]` out of an expression, or undefined where it is something else. */
export function addressText(of: Expression): string | undefined {
  if (of.kind === 'name') return of.name;
  if (of.kind === 'attribute') {
    const before = addressText(of.of);
    return before === undefined ? undefined : `${before}.${of.name}`;
  }
  if (of.kind !== 'index') return undefined;
  const before = addressText(of.of);
  const key = keyText(of.key);
  return before === undefined || key === undefined ? undefined : `${before}${key}`;
}

function keyText(key: Expression): string | undefined {
  if (key.kind === 'number') return `[${key.digits}]`;
  const text = constantText(key);
  return text === undefined ? undefined : writeKey(text);
}
