import { resourceAddress, writeKey } from '../address.ts';
import type { RecordedResource } from '../recorded/recorded.ts';
import type { Move, ModuleTree } from './module.ts';

/** A recorded object, and where it was before the code's `moved` blocks gave it another address. */
export interface Moved {
  readonly resource: RecordedResource;
  readonly movedFrom: string | null;
}

interface ScopedMove extends Move {
  /** The names of the calls that lead to the module which says so. */
  readonly calls: readonly string[];
}

/**
 * The recorded objects by the address at which the code now looks for them. A `moved` block renames a resource, an
 * instance or a module; where the target is already taken nothing moves, as in a plan.
 */
export function applyMoves(resources: readonly RecordedResource[], tree: ModuleTree): ReadonlyMap<string, Moved> {
  const moves = scopedMoves(tree, []);
  const found = new Map<string, Moved>(resources.map((resource) => [resource.address, { resource, movedFrom: null }]));
  for (const resource of moves.length === 0 ? [] : resources) {
    if (resource.deposed !== null) continue;
    const target = chase(resource.address, moves);
    if (target === resource.address || found.has(target)) continue;
    found.delete(resource.address);
    found.set(target, { resource, movedFrom: resource.address });
  }
  return found;
}

/** Where code and state differ only in `count` or `for_each` being there or not, terraform moves `a` to `a[0]` and back. */
export function implicitMove(name: { readonly module: string; readonly type: string; readonly name: string }, key: number | string | null, recorded: ReadonlyMap<string, Moved>): Moved | undefined {
  if (key !== null && key !== 0) return undefined;
  const other = `${resourceAddress(name)}${writeKey(key === null ? 0 : null)}`;
  const found = recorded.get(other);
  return found === undefined ? undefined : { resource: found.resource, movedFrom: found.movedFrom ?? other };
}

function scopedMoves({ module, children }: ModuleTree, calls: readonly string[]): readonly ScopedMove[] {
  const below = [...children].flatMap(([name, child]) => (typeof child === 'string' ? [] : scopedMoves(child, [...calls, name])));
  return [...module.moves.map((move) => ({ ...move, calls })), ...below];
}

/** Follows move after move, each once, so that no circle goes round. */
function chase(address: string, moves: readonly ScopedMove[]): string {
  const left = new Set(moves);
  let at = address;
  for (let next = step(at, left); next !== undefined; next = step(at, left)) at = next;
  return at;
}

function step(address: string, left: Set<ScopedMove>): string | undefined {
  for (const move of left) {
    const prefix = modulePrefix(move.calls, address);
    const target = prefix === undefined ? undefined : rename(address.slice(prefix.length), move);
    if (prefix === undefined || target === undefined) continue;
    left.delete(move);
    return `${prefix}${target}`;
  }
  return undefined;
}

/** `module.a["x"].module.b.` of an address within those calls. */
function modulePrefix(calls: readonly string[], address: string): string | undefined {
  let at = 0;
  for (const call of calls) {
    const head = `module.${call}`;
    if (!address.startsWith(head, at)) return undefined;
    at += head.length;
    at += keyLength(address.slice(at));
    if (address[at] !== '.') return undefined;
    at += 1;
  }
  return address.slice(0, at);
}

function keyLength(text: string): number {
  return /^\[(?:\d+|"(?:[^"\\]|\\.)*")\]/.exec(text)?.[0].length ?? 0;
}

/** Renames what begins with the move's address: an instance keeps its key where the move names none. */
function rename(address: string, { from, to }: Move): string | undefined {
  if (!address.startsWith(from)) return undefined;
  const rest = address.slice(from.length);
  if (rest === '' || rest.startsWith('.')) return `${to}${rest}`;
  const takesKeys = !from.endsWith(']') && !to.endsWith(']');
  return takesKeys && keyLength(rest) > 0 ? `${to}${rest}` : undefined;
}
