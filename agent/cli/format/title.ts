import { isAbsolute, relative } from 'node:path';
import type { StackReport } from '#proto/domain/report.ts';

/** How a stack is called for people: its name, where somebody gave it one, and where it was read. */
export function titleOf(report: StackReport, cwd: string): string {
  const [name, place] = partsOf(report, cwd);
  return place === null ? name : `${name} (${place})`;
}

/** The same in two parts, where there are two: names and places that are long differ in what a cut would take away. */
export function partsOf({ id, lineage, source }: StackReport, cwd: string): readonly [name: string, place: string | null] {
  const place = near(source, cwd);
  const isNamed = id !== lineage && !source.endsWith(id);
  return isNamed ? [id, place] : [place, null];
}

/** Relative to the current folder where it lies below it. */
function near(source: string, cwd: string): string {
  if (!isAbsolute(source)) return source;
  const path = relative(cwd, source);
  if (path === '') return '.';
  return path.startsWith('..') || isAbsolute(path) ? source : path;
}
