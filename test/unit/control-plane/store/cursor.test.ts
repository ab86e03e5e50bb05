import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCursor, toPage, writeCursor } from '#control-plane/store/cursor.ts';

test('a cursor gives back the key that it was made of', () => {
  fc.assert(fc.property(fc.string(), fc.array(fc.string({ unit: 'binary' })), (list, key) => {
    expect(readCursor(list, writeCursor(list, key))).toEqual(key);
  }));
});

test('a cursor with any character changed is refused', () => {
  const cursor = writeCursor('stacks', ['network']);

  for (let index = 0; index < cursor.length; index += 1) {
    const tampered = `${cursor.slice(0, index)}${cursor[index] === 'A' ? 'Q' : 'A'}${cursor.slice(index + 1)}`;
    expect(() => readCursor('stacks', tampered)).toThrow(expect.objectContaining({ code: 'request-invalid' }));
  }
});

test('a cursor of another list is refused', () => {
  expect(() => readCursor('reports', writeCursor('stacks', ['network']))).toThrow(expect.objectContaining({ code: 'request-invalid' }));
});

test('any other text is refused, never a crash', () => {
  fc.assert(fc.property(fc.string(), (text) => {
    expect(() => readCursor('stacks', text)).toThrow(expect.objectContaining({ code: 'request-invalid' }));
  }));
});

test.each([
  [[1, 2, 3], 2, { items: ['1', '2'], next: 'after 2' }],
  [[1, 2], 2, { items: ['1', '2'], next: null }],
  [[], 2, { items: [], next: null }],
])('a page of %j with limit %i knows whether there is more', (rows, limit, page) => {
  expect(toPage(rows, limit, String, (row) => `after ${row}`)).toEqual(page);
});
