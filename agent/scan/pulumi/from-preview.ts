import { sameJson } from '#proto/domain/json.ts';
import type { Sighting } from '#proto/domain/resource.ts';
import type { Verdict } from './verdict.ts';
import { hiddenChange } from './hidden-change.ts';
import type { PulumiResource } from './schema.ts';
import { inputsOf, toSighting } from './sighting.ts';

/**
 * What a preview says of one resource: what the program asks for now beside what the last update was asked for. Null
 * where the engine would change it and shows nothing that differs.
 */
export function fromPreview({ op, old, new: wanted, named }: Verdict, resource: PulumiResource): Sighting | null {
  const sighting: Sighting = { ...toSighting(old ?? resource), isAhead: true };
  if (old === null || op === 'create' || op === 'import') return { ...sighting, sides: { code: inputsOf(wanted ?? resource), recorded: null } };
  if (wanted === null) return { ...sighting, sides: { code: op === 'delete' ? null : inputsOf(old), recorded: inputsOf(old) } };
  if (op === 'same' || op === 'read') return { ...sighting, sides: { code: inputsOf(wanted), recorded: inputsOf(wanted) } };

  const sides = { before: inputsOf(asApplied(old, wanted, named)), after: inputsOf(wanted) };
  const differs = !sameJson(sides.before.values, sides.after.values);
  const told = hiddenChange(sides, named, differs ? 'none' : 'all') ?? (differs ? sides : null);
  return told === null ? null : { ...sighting, sides: { code: told.after, recorded: told.before } };
}

/**
 * The recorded resource with, as its inputs, what the program's are to be compared with. An input that stayed and that
 * the engine names all the same differs from what the provider answered, so the answer stands in its place; logs that
 * show no inputs have only answers.
 */
function asApplied(old: PulumiResource, wanted: PulumiResource, named: readonly string[]): PulumiResource {
  const [answers, asked] = [old.outputs ?? {}, wanted.inputs ?? {}];
  const told = Object.keys(answers).filter((name) => {
    if (!old.inputs) return Object.hasOwn(asked, name);
    return named.includes(name) && Object.hasOwn(old.inputs, name) && sameJson(old.inputs[name] ?? null, asked[name] ?? null);
  });
  return { ...old, inputs: { ...old.inputs, ...Object.fromEntries(told.map((name) => [name, answers[name] ?? null])) } };
}
