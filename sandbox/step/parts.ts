import type { Broker } from '../broker/open-broker.ts';
import type { FilterFor } from '../seccomp/compile.ts';
import type { Subreaper } from '../tree/subreaper.ts';
import type { LaunchParts } from './launch-parts.ts';
import type { Spare } from './spare.ts';

/** What every step of one sandbox uses. */
export interface StepParts extends LaunchParts {
  readonly landlockAbi: number;
  readonly filterFor: FilterFor;
  readonly subreaper: Subreaper;
  /** Answers what the filter of tier 2 asks; tier 1 asks nothing. */
  readonly broker: Broker | null;
  /** Keeps a launcher ready for the next step, where that is worth it. */
  readonly spare: Spare | null;
  /** Milliseconds that only go up. */
  readonly now: () => number;
}
