import type { Side } from '#proto/domain/resource.ts';
import type { NameVerdict } from '#secrets/names.ts';
import { curatedFor } from '#secrets/structure/curated.ts';
import { kindOf, type Mark } from '#secrets/structure/mark.ts';
import { marksOf } from '#secrets/structure/marks.ts';

/** The secret places of one side of a resource: what the source marks, what its type is known to hold, what names say. */
export function marksOfResource(type: string, side: Side, judge: (name: string) => NameVerdict): readonly Mark[] {
  const told = side.sensitive.map((path) => ({ path, rule: 'structure/marked-sensitive', kind: kindOf(path) }));
  const known = curatedFor(type, side.values).map((name) => ({ path: [name], rule: 'structure/known-attribute', kind: kindOf([name]) }));
  return [...told, ...known, ...marksOf(side.values, judge)];
}
