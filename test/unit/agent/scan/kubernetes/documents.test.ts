import { expect, test } from 'vitest';
import { readObjects } from '#agent/scan/kubernetes/documents.ts';

test('documents one after another, lists and typed lists are opened, and empty documents passed over', () => {
  const text = `
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
---
# nothing here
---
apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: Service, metadata: {name: b}}
---
apiVersion: apps/v1
kind: DeploymentList
items:
  - {metadata: {name: c}, spec: {}}`;

  const objects = readObjects(text, 'all.yaml');

  expect(objects.map(({ kind, apiVersion, metadata }) => [apiVersion, kind, metadata.name])).toEqual([
    ['v1', 'ConfigMap', 'a'],
    ['v1', 'Service', 'b'],
    ['apps/v1', 'Deployment', 'c'],
  ]);
});

test('an object that has items of its own is not a list', () => {
  const [object] = readObjects('{"apiVersion":"x.example.com/v1","kind":"PodSet","metadata":{"name":"s"},"items":[{"a":1}]}', 'set.json');

  expect(object?.kind).toBe('PodSet');
});

/** What a real API server had in the object after `kubectl apply`. */
test.each([
  ['yes', true], ['On', true], ['y', true], ['NO', false], ['Off', false], ['n', false], ['TRUE', true], ['"yes"', 'yes'], ['yesterday', 'yesterday'],
  ['0644', 420], ['0o644', 420], ['-0010', -8], ['08', 8], ['0', 0], ['0x1F', 31], ['0b11', 3], ['1_000', 1000], ['1__0', 10], ['+5', 5], ['.5', 0.5], ['12e03', 12_000],
  ['1:30', '1:30'], ['2026-01-01', '2026-01-01'], ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'], ['~', null], ['!!binary aGk=', 'hi'],
])('%s is read as kubectl reads it', (written, read) => {
  const [object] = readObjects(`apiVersion: x.example.com/v1\nkind: A\nmetadata: {name: a}\nspec: {value: ${written}}\n`, 'a.yaml');

  expect(object?.['spec']).toEqual({ value: read });
});

test('a key that is a truth value is one', () => {
  const [object] = readObjects('apiVersion: x.example.com/v1\nkind: A\nmetadata: {name: a}\nspec: {on: 1, "y": 2}\n', 'a.yaml');

  expect(object?.['spec']).toEqual({ true: 1, y: 2 });
});

test.each([
  ['a template that was not rendered', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Values.name }}\n', { document: 1 }],
  ['an object without a kind', 'apiVersion: v1\nmetadata: {name: a}\n', { at: 'kind' }],
  ['text', 'made-up-secret', { at: '(root)' }],
  ['a second document that is broken', 'apiVersion: v1\nkind: A\nmetadata: {name: a}\n---\nfoo: [\n', { document: 2 }],
  ['an alias bomb', `${bomb()}\napiVersion: v1\nkind: A\nmetadata: {name: a}\n`, { detail: 'aliases' }],
])('%s is refused by name, without its content', (_, text, facts) => {
  expect(() => readObjects(text, 'm.yaml')).toThrow(
    expect.objectContaining({ code: 'manifest-unreadable', facts: expect.objectContaining(facts), message: expect.not.stringContaining('made-up') }),
  );
});

function bomb(): string {
  return Array.from({ length: 9 }, (_, level) => `l${level}: &l${level} [${Array.from({ length: 9 }, () => (level === 0 ? 'x' : `*l${level - 1}`)).join(',')}]`).join('\n');
}
