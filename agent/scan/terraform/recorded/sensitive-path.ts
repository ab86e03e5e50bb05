import { isList, isObject, type Json, type Path } from '#proto/domain/json.ts';

/**
 * Reads `sensitive_attributes` of a version 4 state. A step that cannot be followed ends the path there, so that more
 * is covered rather than less.
 */
export function sensitivePaths(written: unknown): readonly Path[] {
  return Array.isArray(written) ? written.filter((path): path is unknown[] => Array.isArray(path)).map(readPath) : [];
}

function readPath(written: readonly unknown[]): Path {
  const path: (string | number)[] = [];
  for (const step of written) {
    const key = readStep(step);
    if (key === undefined) return path;
    path.push(key);
  }
  return path;
}

function readStep(step: unknown): string | number | undefined {
  const value = field(step, 'value');
  const key = typeof value === 'object' ? field(value, 'value') : value;
  return typeof key === 'string' || typeof key === 'number' ? key : undefined;
}

function field(value: unknown, name: 'value'): unknown {
  return typeof value === 'object' && value !== null && name in value ? value[name] : undefined;
}

/** The paths that a mask of plan or show JSON marks: `true` covers all below, anything else is walked. */
export function maskedPaths(mask: Json | undefined): readonly Path[] {
  const found: Path[] = [];
  const walk = (at: Json | undefined, path: Path): void => {
    if (at === true) found.push(path);
    else if (isList(at)) at.forEach((item, index) => walk(item, [...path, index]));
    else if (isObject(at)) for (const [key, item] of Object.entries(at)) walk(item, [...path, key]);
  };
  walk(mask, []);
  return found;
}
