import type { Side } from '#proto/domain/resource.ts';

/** Two sides of which some values are hidden, or null where none is. */
export type Told = { readonly before: Side; readonly after: Side } | null;

/**
 * The engine says that a resource changes and hides the values: the two states of a hidden value get stand-ins that
 * differ, so that a changed secret shows without being known. Where the engine names properties, it is those; else all,
 * or none where only named ones are wanted.
 */
export function hiddenChange({ before, after }: { readonly before: Side; readonly after: Side }, named: readonly string[], unnamed: 'all' | 'none' = 'all'): Told {
  const all = [...new Set(before.unknown.map((path) => path[0]).filter((name) => typeof name === 'string'))];
  const said = all.filter((name) => named.includes(name));
  const hidden = said.length > 0 || unnamed === 'none' ? said : all;
  return hidden.length === 0 ? null : { before: standIn(before, hidden, 'before'), after: standIn(after, hidden, 'after') };
}

function standIn(side: Side, hidden: readonly string[], state: string): Side {
  return {
    ...side,
    values: { ...side.values, ...Object.fromEntries(hidden.map((name) => [name, `hidden value, ${state}`])) },
    unknown: side.unknown.filter(([name]) => !hidden.includes(String(name))),
  };
}
