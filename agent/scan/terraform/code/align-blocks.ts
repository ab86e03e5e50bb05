import { isList, isObject, type Json } from '#proto/domain/json.ts';

/** More blocks than this are compared in the order in which they stand. */
const maxAligned = 500;

/**
 * For each place of the state's blocks the number of the code's block that belongs there: providers keep many blocks as
 * sets, in an order of their own. A block belongs where it contradicts nothing; those that fit nowhere fill what is left.
 * A number beyond the code's blocks stands for a place that the code has no block for.
 */
export function alignBlocks(coded: readonly Json[], recorded: readonly Json[]): readonly number[] {
  if (coded.length > maxAligned || recorded.length > maxAligned) return coded.map((_, index) => index);
  const left = new Set(coded.keys());
  const placed = recorded.map((like, place) => {
    const fitting = [place, ...left].find((index) => left.has(index) && fits(coded[index] ?? null, like));
    if (fitting !== undefined) left.delete(fitting);
    return fitting;
  });
  const rest = [...left];
  const nowhere = coded.length;
  const filled = placed.map((index) => index ?? rest.shift() ?? nowhere);
  return [...filled, ...rest];
}

/** Whether nothing that the code's block says is otherwise in the state's. */
function fits(coded: Json, recorded: Json | undefined): boolean {
  if (coded === null) return true; // unknown, or not set
  if (isList(coded)) return isList(recorded) && coded.length === recorded.length && (coded.every((item, index) => fits(item, recorded[index])) || coded.every((item) => recorded.some((other) => fits(item, other))));
  if (!isObject(coded)) return isPlain(recorded) && String(coded) === String(recorded);
  const inner = isList(recorded) && recorded.length === 1 ? recorded[0] : recorded;
  return isObject(inner) && Object.entries(coded).every(([key, value]) => fits(value, inner[key]));
}

function isPlain(value: Json | undefined): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
