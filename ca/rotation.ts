import { Fault } from '#proto/domain/fault.ts';

/**
 * How one root takes the place of another:
 *
 *     steady --prepare--> prepared --trust--> trusting --issue--> issuing --retire--> steady, under the successor
 *     steady <--roll-back-- prepared, trusting            trusting <--roll-back-- issuing
 *
 * - steady: one root; it is trusted and issues.
 * - prepared: a successor is there; nobody trusts it yet.
 * - trusting: both are trusted; the old one issues. `hasIssued` where the successor did before somebody rolled back.
 * - issuing: both are trusted; the successor issues.
 *
 * `since` is RFC 3339.
 */
export type Rotation =
  | { readonly phase: 'steady' }
  | { readonly phase: 'prepared'; readonly since: string }
  | { readonly phase: 'trusting'; readonly since: string; readonly hasIssued: boolean }
  | { readonly phase: 'issuing'; readonly since: string };

export const rotationSteps = ['prepare', 'trust', 'issue', 'retire', 'roll-back'] as const;
export type RotationStep = (typeof rotationSteps)[number];

/** The step that leads on from each phase. */
export const stepOn = { steady: 'prepare', prepared: 'trust', trusting: 'issue', issuing: 'retire' } as const satisfies Record<Rotation['phase'], RotationStep>;

/**
 * Where a step leads.
 * @throws Fault `rotation-out-of-order`
 */
export function next(rotation: Rotation, step: RotationStep, since: string): Rotation {
  if (step === 'roll-back') return back(rotation, since);
  if (stepOn[rotation.phase] !== step) throw new Fault('rotation-out-of-order', { phase: rotation.phase, step, possible: stepOn[rotation.phase] });
  switch (step) {
    case 'prepare':
      return { phase: 'prepared', since };
    case 'trust':
      return { phase: 'trusting', since, hasIssued: false };
    case 'issue':
      return { phase: 'issuing', since };
    case 'retire':
      return { phase: 'steady' };
  }
}

function back(rotation: Rotation, since: string): Rotation {
  switch (rotation.phase) {
    case 'steady':
      throw new Fault('rotation-out-of-order', { phase: 'steady', step: 'roll-back', possible: 'prepare' });
    case 'prepared':
    case 'trusting':
      return { phase: 'steady' };
    case 'issuing':
      return { phase: 'trusting', since, hasIssued: true };
  }
}

/** Whether the successor is trusted beside the root that it is to replace. */
export function trustsBoth({ phase }: Rotation): boolean {
  return phase === 'trusting' || phase === 'issuing';
}
