import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { next, type Rotation, type RotationStep, rotationSteps, stepOn, trustsBoth } from '#ca/rotation.ts';

const at = '2026-05-01T12:00:00.000Z';
const steady: Rotation = { phase: 'steady' };

describe('a rotation', () => {
  test('goes through its phases and ends where it began, under the successor', () => {
    const phases = walk(['prepare', 'trust', 'issue', 'retire']).map(({ phase }) => phase);

    expect(phases).toEqual(['steady', 'prepared', 'trusting', 'issuing', 'steady']);
  });

  test('goes back from every phase before the old root is retired', () => {
    expect(walk(['prepare', 'roll-back']).at(-1)).toEqual(steady);
    expect(walk(['prepare', 'trust', 'roll-back']).at(-1)).toEqual(steady);
    expect(walk(['prepare', 'trust', 'issue', 'roll-back']).at(-1)).toEqual({ phase: 'trusting', since: at, hasIssued: true });
    expect(walk(['prepare', 'trust', 'issue', 'roll-back', 'roll-back']).at(-1)).toEqual(steady);
  });

  test('remembers that the successor has issued, until it is decided', () => {
    expect(walk(['prepare', 'trust']).at(-1)).toMatchObject({ hasIssued: false });
    expect(walk(['prepare', 'trust', 'issue', 'roll-back', 'issue', 'roll-back']).at(-1)).toMatchObject({ hasIssued: true });
  });

  test('takes no step out of its order', () => {
    for (const rotation of walk(['prepare', 'trust', 'issue'])) {
      for (const step of rotationSteps.filter((step) => step !== stepOn[rotation.phase] && (step !== 'roll-back' || rotation.phase === 'steady'))) {
        expect(() => next(rotation, step, at)).toThrow(expect.objectContaining({ code: 'rotation-out-of-order' }));
      }
    }
  });

  test('whatever is tried in whatever order, nothing is issued under a root that was not trusted one step before, nor taken from trust while it issues', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...rotationSteps), { maxLength: 30 }), (steps) => {
        const been = walk(steps);
        const moves = been.map((rotation, index) => [been[index - 1] ?? steady, rotation] as const);
        expect(moves.filter(([before, after]) => after.phase === 'issuing' && !trustsBoth(before))).toEqual([]);
        expect(moves.filter(([before, after]) => before.phase === 'issuing' && !trustsBoth(after) && after.phase !== 'steady')).toEqual([]);
      }),
    );
  });
});

/** Every phase on the way; a step that is refused leaves it where it is. */
function walk(steps: readonly RotationStep[]): readonly Rotation[] {
  return steps.reduce<readonly Rotation[]>((been, step) => {
    const here = been.at(-1) ?? steady;
    try {
      return [...been, next(here, step, at)];
    } catch {
      return been;
    }
  }, [steady]);
}
