import { expect, test } from 'vitest';
import { attribute } from '#agent/diff/attribute.ts';
import type { Difference } from '#agent/diff/difference.ts';
import type { Path } from '#proto/domain/json.ts';
import type { Owner } from '#proto/domain/resource.ts';

const person: Owner = { path: ['spec', 'image'], who: 'kubectl-edit', when: '2026-01-01T00:00:00Z', how: 'Update', kind: 'person' };
const controller: Owner = { path: ['spec', 'replicas'], who: 'kube-controller-manager', when: null, how: 'Update of scale', kind: 'controller' };

test('a difference tells who wrote the value', () => {
  const [told] = attribute([at(['spec', 'image'])], [person, controller]);

  expect(told?.property.attribution).toEqual({ who: 'kubectl-edit', when: '2026-01-01T00:00:00Z', how: 'Update' });
  expect(told?.property.noise).toBeNull();
});

test('what a controller wrote is told and not counted', () => {
  const [told] = attribute([at(['spec', 'replicas'])], [person, controller]);

  expect(told?.property.noise).toBe('controller-owned');
});

test('the owner of the whole answers for its parts, and the nearest owner goes before one further out', () => {
  const [part] = attribute([at(['spec', 'image', 'tag'])], [person, { ...controller, path: ['spec'] }]);

  expect(part?.property.attribution?.who).toBe('kubectl-edit');
});

test('a whole whose parts have several owners has none', () => {
  const [told] = attribute([at(['spec'])], [person, controller]);

  expect(told?.property.attribution).toBeNull();
});

test('what several hands added in one place is told field by field, each with its own', () => {
  const added: Difference = { ...at(['spec']), property: { ...at(['spec']).property, change: 'add', before: null, after: { image: 'x', replicas: 3 }, sensitive: [['image']] } };

  const told = attribute([added], [person, controller]);

  expect(told.map(({ property }) => [property.path, property.after, property.attribution?.who, property.noise, property.sensitive])).toEqual([
    ['spec.image', 'x', 'kubectl-edit', null, [[]]],
    ['spec.replicas', 3, 'kube-controller-manager', 'controller-owned', []],
  ]);
});

test('of two owners of one value the last to write it is told', () => {
  const later = { ...controller, path: ['spec', 'image'], when: '2026-02-01T00:00:00Z', who: 'image-controller' };

  const [told] = attribute([at(['spec', 'image'])], [person, later]);

  expect(told?.property.attribution?.who).toBe('image-controller');
});

test('what was taken out of a list is not put down to the owner of what stands there now', () => {
  const here: Owner = { ...controller, path: ['spec', 'ports', 0] };

  const [told] = attribute([at(['spec', 'ports', 0], 'remove')], [here]);

  expect([told?.property.attribution, told?.property.noise]).toEqual([null, null]);
});

test('what was taken out is put down to the owner of the list as a whole, and not to that of a map', () => {
  const owners: readonly Owner[] = [{ ...person, path: ['rules'] }, { ...controller, path: ['data'] }];

  const told = attribute([at(['rules', 1], 'remove'), at(['data', 'colour'], 'remove')], owners);

  expect(told.map(({ property }) => [property.attribution?.who ?? null, property.noise])).toEqual([['kubectl-edit', null], [null, null]]);
});

function at(steps: Path, change: 'update' | 'remove' = 'update'): Difference {
  return { property: { path: steps.join('.'), steps, change, before: 1, after: 2, noise: null, attribution: null, sensitive: [] }, trail: [] };
}
