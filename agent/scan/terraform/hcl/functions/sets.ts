import { equal, toList } from '../convert.ts';
import { inOneType, toListOf, toSet } from '../convert-to.ts';
import { OutOfBudget } from '../mistake.ts';
import { isSet, type Value } from '../value.ts';
import { many, type FunctionTable } from './rule.ts';

/** What is made of several sets, whose members take one type first. */
export const setFunctions: FunctionTable = {
  setintersection: { takes: [1, many], run: (sets) => toSet(intersection(together(sets))) },
  setproduct: { takes: [2, many], run: (sets, budget) => product(sets, (count) => budget.spend(count)) },
  setsubtract: { takes: [2, 2], run: (sets) => toSet(difference(together(sets))) },
  setunion: { takes: [1, many], run: (sets) => toSet(together(sets).flat()) },
};

/** @throws Mistake where the members of all sets have no type in common */
function together(sets: readonly Value[]): readonly (readonly Value[])[] {
  const lists = sets.map(toList);
  const { values } = inOneType(lists.flat());
  let at = 0;
  return lists.map(({ length }) => values.slice(at, (at += length)));
}

function intersection([first = [], ...rest]: readonly (readonly Value[])[]): readonly Value[] {
  return first.filter((item) => rest.every((set) => holds(set, item)));
}

function difference([from = [], taken = []]: readonly (readonly Value[])[]): readonly Value[] {
  return from.filter((item) => !holds(taken, item));
}

function holds(items: readonly Value[], wanted: Value): boolean {
  return items.some((item) => equal(item, wanted));
}

function product(sets: readonly Value[], spend: (count: number) => void): Value {
  const lists = sets.map((set) => inOneType(toList(set)).values);
  const count = lists.reduce((size, list) => size * list.length, 1);
  spend(count);
  if (count > 100_000) throw new OutOfBudget('the product grows without end');
  const found = lists.reduce<readonly (readonly Value[])[]>((rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])), [[]]);
  return sets.every(isSet) ? toSet(found) : toListOf(found);
}
