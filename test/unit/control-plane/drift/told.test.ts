import { expect, test } from 'vitest';
import { batchesOf, tell } from '#control-plane/drift/told.ts';
import type { Finding } from '#proto/domain/finding.ts';
import { makeFinding } from '#test/harness/reports.ts';

const changes: Partial<Finding> = {
  address: 'a.c', type: 'aws_vpc', change: 'missing', cause: 'not_applied', severity: 'low', severityRule: 'another', noise: true, movedFrom: 'a.z', properties: [],
};

test('the hash of a finding differs with each thing that is told of it, and with nothing else', () => {
  const { content } = tell(makeFinding('a.b'), 0);

  expect(tell(makeFinding('a.b'), 7).content).toBe(content);
  for (const [field, value] of Object.entries(changes)) expect({ field, same: tell({ ...makeFinding('a.b'), [field]: value }, 0).content === content }).toEqual({ field, same: false });
});

test('what moves from one text to the next has another hash', () => {
  const hashes = [['a', 'b c'], ['a b', 'c'], ['a","b', 'c'], ['a', 'b","c']].map(([type = '', severityRule = '']) => tell(makeFinding('a.b', { type, severityRule }), 0).content);

  expect(new Set(hashes).size).toBe(4);
});

test('a finding that the database could not hold is mended, and hashed as it is stored', () => {
  const told = tell(makeFinding('a\0b', { properties: [{ path: '\ud800', change: 'update', before: 1, after: 2, noise: null, attribution: null }] }), 0);

  expect(told.finding.address).toBe('a\uFFFDb');
  expect(JSON.parse(told.properties)).toMatchObject([{ path: '\uFFFD' }]);
  expect(told.content).toBe(tell(told.finding, 0).content);
});

test('findings are cut into what one statement takes, in their order, with none lost and none empty', () => {
  const many = Array.from({ length: 2_001 }, (_, n) => tell(makeFinding(`a.b[${n}]`), n));
  const large = [0, 1, 2].map((n) => tell(makeFinding(`a.c[${n}]`, { properties: [{ path: 'x', change: 'update', before: null, after: 'x'.repeat(3 * 1024 * 1024), noise: null, attribution: null }] }), n));

  expect(batchesOf(many).map(({ length }) => length)).toEqual([1_000, 1_000, 1]);
  expect(batchesOf(many).flat()).toEqual(many);
  expect(batchesOf(large).map(({ length }) => length)).toEqual([1, 1, 1]);
  expect(batchesOf([])).toEqual([]);
});
