import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPaint } from '#control-plane/cli/terminal/paint.ts';
import { type Column, renderTable } from '#control-plane/cli/terminal/table.ts';

interface Row {
  readonly id: string;
  readonly address: string;
}

const columns: readonly Column<Row>[] = [
  { title: 'ID', value: ({ id }) => id },
  { title: 'ADDRESS', value: ({ address }) => address, shrinks: true },
];
const plain = createPaint({ colours: false });
const linesOf = (text: string): readonly string[] => text.trimEnd().split('\n');

test('columns stand under their titles', () => {
  const table = renderTable([{ id: '1', address: 'a' }, { id: '22', address: 'bb' }], columns, { width: 80, paint: plain });

  expect(table).toBe('ID  ADDRESS\n1   a\n22  bb\n');
});

test('an address that is too long is cut in the middle, because both of its ends tell something', () => {
  const table = renderTable([{ id: '1', address: 'module.network.aws_subnet.private' }], columns, { width: 24, paint: plain });

  expect(linesOf(table)[1]).toBe('1   module.ne…et.private');
});

test('a program that reads the table gets everything', () => {
  const address = 'x'.repeat(500);

  expect(renderTable([{ id: '1', address }], columns, { width: Number.POSITIVE_INFINITY, paint: plain })).toContain(address);
});

test('no line is wider than the terminal as long as the columns that shrink have something to give', () => {
  const rows = fc.array(fc.record({ id: fc.string({ maxLength: 8 }), address: fc.string({ unit: 'grapheme' }) }), { minLength: 1 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 100, max: 200 }), (some, width) => {
      const segmenter = new Intl.Segmenter('en');
      for (const line of linesOf(renderTable(some, columns, { width, paint: plain }))) {
        expect([...segmenter.segment(line)].length).toBeLessThanOrEqual(width);
      }
    }),
  );
});

test('an agent cannot steer the terminal of an operator with what it reports', () => {
  const hostile = '\u001b[2J\u0007\u009b31m\u202eevil\r\n';

  const table = renderTable([{ id: '1', address: hostile }], columns, { width: 200, paint: plain });

  expect(table).toMatch(/^[\x20-\x7e\n]*$/);
  expect(linesOf(table)).toHaveLength(2);
});

test('colours do not shift the columns', () => {
  const coloured: readonly Column<Row>[] = [{ title: 'ID', value: ({ id }) => id, colour: () => 'red' }, ...columns.slice(1)];
  const rows = [{ id: '1', address: 'a' }, { id: '22', address: 'b' }];

  const table = renderTable(rows, coloured, { width: 80, paint: createPaint({ colours: true }) });

  expect(table).toContain('\u001b[31m1\u001b[39m   a');
  expect(table).toContain('\u001b[31m22\u001b[39m  b');
});
