import type { LandlockPlan } from '../launch/plan.ts';
import { type Grant, grants, handledFs } from './access.ts';

/** What may be done below a path; nothing may be done elsewhere. */
export interface Place {
  readonly path: string;
  readonly grant: Grant;
}

/**
 * The rules for this version of Landlock. TCP is handled with no rule at all where the step has no network namespace:
 * ports say nothing of hosts, so what may be reached is the broker's business.
 */
export function rulesetFor(abi: number, places: readonly Place[], { ownNetwork }: { readonly ownNetwork: boolean }): LandlockPlan {
  const handled = handledFs(abi);
  return {
    handledFs: handled,
    handledNet: abi >= 4 && !ownNetwork ? 3 : 0,
    scoped: abi >= 6 ? 3 : 0,
    rules: places.map(({ path, grant }) => ({ path, access: grants[grant] & handled })),
  };
}
