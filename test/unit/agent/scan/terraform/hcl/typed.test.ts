import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical } from '#agent/scan/terraform/hcl/convert.ts';
import { convertTo, toListOf } from '#agent/scan/terraform/hcl/convert-to.ts';
import { Mistake } from '#agent/scan/terraform/hcl/mistake.ts';
import { sameType, typeOf, unify } from '#agent/scan/terraform/hcl/typed.ts';
import type { Value } from '#agent/scan/terraform/hcl/value.ts';

const { value: values } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Value>(null, true, false, 0, 1, 2.5, '', 'a', '1', 'true'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b'), tie('value')).map((entries) => new Map(Object.entries(entries))),
  ),
}));

describe('types', () => {
  test('a value in its own type is what it was', () => {
    fc.assert(fc.property(values, (value) => canonical(convertTo(typeOf(value), value)) === canonical(value)));
  });

  test('two types have one in common whichever comes first, and it is in common with both', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [there, back] = [unify([typeOf(a), typeOf(b)]), unify([typeOf(b), typeOf(a)])];
        expect(there === undefined).toBe(back === undefined);
        if (there === undefined || back === undefined) return;
        expect(sameType(there, back)).not.toBe(false);
        expect(() => [convertTo(there, a), convertTo(there, b)]).not.toThrow();
      }),
    );
  });

  test('a list has members of one type, or there is no such list', () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 4 }), (items) => {
        const list = listOrNone(items);
        const types = (list ?? []).map(typeOf);
        for (const type of types) expect(sameType(type, types[0] ?? type)).not.toBe(false);
      }),
    );
  });
});

function listOrNone(items: readonly Value[]): readonly Value[] | undefined {
  try {
    return toListOf(items);
  } catch (error) {
    if (error instanceof Mistake) return undefined;
    throw error;
  }
}
