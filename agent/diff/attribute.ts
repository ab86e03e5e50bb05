import type { DraftProperty } from '#proto/domain/finding.ts';
import type { Owner } from '#proto/domain/resource.ts';
import { isObject, type Path, writePath } from '#proto/domain/json.ts';
import type { Difference } from './difference.ts';

/** The name under which a difference is told as noise where the platform's own machinery made it. */
export const controllerOwned = 'controller-owned';
export const controllerOwnedReason = 'The platform’s own machinery wrote this value.';

/**
 * Says of each difference who wrote the value, where the source keeps that: the owner of the place itself, or of the
 * nearest around it, or of what lies below it if that is one alone. What a controller wrote is told and not counted.
 */
export function attribute(differences: readonly Difference[], owners: readonly Owner[]): readonly Difference[] {
  if (owners.length === 0) return differences;
  return differences.flatMap((difference) => {
    const owner = ownerOf(difference.property, owners);
    if (owner === null) return partsOf(difference, owners).flatMap((part) => (part === difference ? [part] : attribute([part], owners)));
    const { who, when, how, kind } = owner;
    const noise = difference.property.noise ?? (kind === 'controller' ? controllerOwned : null);
    return [{ ...difference, by: kind, property: { ...difference.property, noise, attribution: { who, when, how } } }];
  });
}

/** What several hands put together is told field by field, so that each stands beside who wrote it. */
function partsOf(difference: Difference, owners: readonly Owner[]): readonly Difference[] {
  const { property, trail } = difference;
  const { after } = property;
  const writers = new Set(owners.filter(({ path }) => startsWith(path, property.steps)).map(({ who }) => who));
  if (property.change !== 'add' || property.noise !== null || !isObject(after) || typeof property.steps.at(-1) === 'number' || writers.size < 2) return [difference];
  return Object.entries(after).map(([name, inner]) => {
    const steps = [...property.steps, name];
    const sensitive = property.sensitive.flatMap(([first, ...rest]) => (first === undefined ? [[]] : first === name ? [rest] : []));
    return { ...difference, property: { ...property, steps, path: writePath(steps), after: inner, sensitive }, trail: [...trail, { steps, before: undefined, after: inner }] };
  });
}

/**
 * What is gone has no owner of its own: another element of the list may stand at its index now, and who owns a map may
 * own no more than that it is there. Only who owns a list as a whole has taken out what is missing from it.
 */
function ownerOf({ steps, change }: Pick<DraftProperty, 'steps' | 'change'>, owners: readonly Owner[]): Owner | null {
  const around = owners.filter(({ path }) => startsWith(steps, path) && (change !== 'remove' || typeof steps[path.length] === 'number'));
  const [nearest] = around.toSorted((a, b) => b.path.length - a.path.length || latest(a, b));
  if (nearest !== undefined || change === 'remove') return nearest ?? null;
  const [first, ...rest] = owners.filter(({ path }) => startsWith(path, steps)).toSorted(latest);
  return first !== undefined && rest.every(({ who }) => who === first.who) ? first : null;
}

/** Of several owners of one value the last to write it is told. */
function latest(a: Owner, b: Owner): number {
  return (b.when ?? '').localeCompare(a.when ?? '');
}

function startsWith(path: Path, start: Path): boolean {
  return start.length <= path.length && start.every((step, index) => step === path[index]);
}
