import { expect, test } from 'vitest';
import { createDetector } from '#secrets/detector.ts';

const detect = createDetector();
const found = (text: string): readonly string[] => detect(text).map(({ start, end }) => text.slice(start, end));

test.each([
  ['a block', 'apiVersion: v1\nkind: Secret\ndata:\n  a: Zmlyc3Q=\n  b: "c2Vjb25k"\nmetadata:\n  name: plain-name\n', ['Zmlyc3Q=', 'c2Vjb25k']],
  ['data before its kind', 'data:\n  a: Zmlyc3Q=\nkind: Secret\n', ['Zmlyc3Q=']],
  ['an item of a list', 'items:\n- kind: ConfigMap\n  data:\n    a: plain\n- kind: Secret\n  data:\n    a: Zmlyc3Q=\n', ['Zmlyc3Q=']],
  ['one line', 'kind: Secret\nstringData: {a: first-one, b: "second"}\n', ['first-one', 'second']],
  ['a mapping', 'kind: Secret\ndata:\n  a:\n    b: Zmlyc3Q=\n', ['Zmlyc3Q=']],
  ['a list', 'kind: Secret\ndata:\n  a:\n    - first-one\n  b:\n  - second\n', ['first-one', 'second']],
  ['a block scalar', 'kind: Secret\nstringData:\n  a: |\n    line one\n    line two\ntype: Opaque\n', ['line one', 'line two']],
  ['one of several documents', 'kind: ConfigMap\ndata:\n  a: plain\n---\nkind: Secret\ndata:\n  a: Zmlyc3Q=\n', ['Zmlyc3Q=']],
])('every value of a Kubernetes Secret is found, written as %s', (_, text, values) => {
  expect(new Set(found(text))).toEqual(new Set(values));
});

test.each([
  ['a state says so', { type: 'x', instances: [{ attributes: { plain: 'a-b-c', blob: 'value one' }, sensitive_attributes: [[{ type: 'get_attr', value: 'blob' }]] }] }],
  ['a plan says so', { change: { before: { plain: 'a-b-c', blob: 'value one' }, before_sensitive: { blob: true } } }],
  ['an output says so', { outputs: { blob: { sensitive: true, type: 'string', value: 'value one' } } }],
  ['its type is known for it', { type: 'random_password', values: { length: 9, result: 'value one' } }],
  ['Pulumi says so', { a: { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', plaintext: 'value one' } }],
  ['it is the clear twin of what Pulumi marks', { inputs: { blob: { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', ciphertext: 'v1:x' } }, outputs: { blob: 'value one' } }],
  ['a template hides it', { Parameters: { Blob: { Type: 'String', NoEcho: true, Default: 'value one' } } }],
])('a value is found where %s, and nothing else', (_, document) => {
  for (const text of [JSON.stringify(document), JSON.stringify(document, null, 2), `2026-01-01 INFO ${JSON.stringify(document)}`]) {
    expect(found(text)).toEqual(['value one']);
  }
});

test('what stands in JSON inside a string is found in its place', () => {
  const inner = JSON.stringify({ kind: 'Secret', data: { a: 'Zmlyc3Q=' } });
  const text = JSON.stringify({ annotations: { 'last-applied': inner } });

  expect(found(text)).toEqual(['Zmlyc3Q=']);
});

test('base64 and gzip with something secret inside are found as a whole', async () => {
  const { gzipSync } = await import('node:zlib');
  const script = `#!/bin/sh\nexport DB_PASSWORD=${'Tr4iler'}-Mist\n`;
  const packed = gzipSync(script).toString('base64');

  expect(found(`user_data: ${Buffer.from(script).toString('base64')}`)).toEqual([Buffer.from(script).toString('base64')]);
  expect(found(`user_data: ${packed}`)).toEqual([packed]);
  expect(found(`user_data: ${Buffer.from(packed).toString('base64')}`)).toEqual([Buffer.from(packed).toString('base64')]);
  expect(found(`user_data: ${Buffer.from('#!/bin/sh\necho nothing here\n').toString('base64')}`)).toEqual([]);
});
