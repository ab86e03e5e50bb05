import { z } from 'zod';
import { isList, isObject, type Json, type JsonObject } from '#proto/domain/json.ts';

/** One difference as AWS tells it; `PropertyPath` is a JSON pointer, and the values are often text of what they are. */
export const PropertyDifference = z.object({
  PropertyPath: z.string(),
  ExpectedValue: z.json().optional(),
  ActualValue: z.json().optional(),
  DifferenceType: z.string(),
});
export type PropertyDifference = z.infer<typeof PropertyDifference>;

/**
 * The properties after AWS's list of differences: ADD and NOT_EQUAL put the actual value there, REMOVE takes it away.
 * Removals come last and from the end, so that places in a list still mean what they meant.
 */
export function applyDifferences(expected: JsonObject, differences: readonly PropertyDifference[]): JsonObject {
  const removals = differences.filter(({ DifferenceType }) => DifferenceType === 'REMOVE').toReversed();
  const others = differences.filter(({ DifferenceType }) => DifferenceType !== 'REMOVE');
  const changed = [...others, ...removals].reduce<Json>((value, difference) => change(value, steps(difference.PropertyPath), difference), expected);
  return isObject(changed) ? changed : expected;
}

function change(value: Json, [step, ...rest]: readonly string[], difference: PropertyDifference): Json {
  if (step === undefined) return value;
  const isLast = rest.length === 0;
  const isRemoval = difference.DifferenceType === 'REMOVE';
  if (isList(value)) {
    const index = Number(step);
    if (isLast && isRemoval) return value.filter((_, at) => at !== index);
    const inner = isLast ? actualValue(difference, value[index]) : change(value[index] ?? {}, rest, difference);
    return index < value.length ? value.with(index, inner) : [...value, inner];
  }
  const object = isObject(value) ? value : {};
  const entries = Object.entries(object);
  if (isLast && isRemoval) return Object.fromEntries(entries.filter(([name]) => name !== step));
  const before = Object.hasOwn(object, step) ? object[step] : undefined;
  const inner = isLast ? actualValue(difference, before) : change(before ?? {}, rest, difference);
  return Object.fromEntries([...entries.filter(([name]) => name !== step), [step, inner]]);
}

/** The text of a value, as the value that it stands beside: `"256"` beside 128 is 256. */
function actualValue({ ActualValue: told = null }: PropertyDifference, before: Json | undefined): Json {
  if (typeof told !== 'string' || typeof before === 'string') return told;
  try {
    return JSON.parse(told) as Json;
  } catch {
    return told;
  }
}

/** The property that a difference is in. */
export function firstStep(pointer: string): string {
  return steps(pointer)[0] ?? '';
}

function steps(pointer: string): readonly string[] {
  return pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
