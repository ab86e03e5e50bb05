import { isList, isObject, type Json, type Path } from '#proto/domain/json.ts';
import type { StructureRule } from './mark.ts';

/** The `sensitive_attributes` of a state, version 4: lists of steps from an instance's attributes. */
export const stateSensitive: StructureRule = {
  name: 'structure/marked-sensitive',
  keywords: ['sensitive_attributes'],
  levels: 1,
  isCalledBy: (name) => name === 'sensitive_attributes',
  *marks(object) {
    const told = object['sensitive_attributes'];
    if (!isList(told)) return;
    for (const steps of told) {
      const path = isList(steps) ? steps.flatMap(stepOf) : typeof steps === 'string' ? [steps] : [];
      if (path.length > 0) yield { path: ['attributes', ...path] };
    }
  },
};

function stepOf(step: Json): Path {
  if (!isObject(step)) return [];
  if (step['type'] === 'get_attr' && typeof step['value'] === 'string') return [step['value']];
  const value = isObject(step['value']) ? step['value']['value'] : step['value'];
  return typeof value === 'string' || typeof value === 'number' ? [value] : [];
}

const mirrors = [
  ['before_sensitive', 'before'],
  ['after_sensitive', 'after'],
  ['sensitive_values', 'values'],
] as const;

/** The mirrors of a plan: where a literal `true` stands in `after_sensitive`, the value in `after` is secret. */
export const planSensitive: StructureRule = {
  name: 'structure/marked-sensitive',
  keywords: ['_sensitive', 'sensitive_values'],
  levels: 1,
  isCalledBy: (name) => mirrors.some(([mirror]) => mirror === name),
  *marks(object) {
    for (const [mirror, side] of mirrors) {
      for (const path of truthsIn(object[mirror], [])) yield { path: [side, ...path] };
    }
  },
};

/** An output or a variable that says `"sensitive": true` beside its value. */
export const sensitiveValue: StructureRule = {
  name: 'structure/marked-sensitive',
  keywords: ['"sensitive"', '"sensitive\\\"'],
  levels: 1,
  isCalledBy: (name) => name === 'sensitive',
  *marks(object) {
    if (object['sensitive'] !== true) return;
    for (const key of ['value', 'default']) if (Object.hasOwn(object, key)) yield { path: [key] };
  },
};

function* truthsIn(mirror: Json | undefined, path: Path): Generator<Path> {
  if (mirror === true) yield path;
  else if (isList(mirror)) for (const [index, item] of mirror.entries()) yield* truthsIn(item, [...path, index]);
  else if (isObject(mirror)) for (const [name, inner] of Object.entries(mirror)) yield* truthsIn(inner, [...path, name]);
}
