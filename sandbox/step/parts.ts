import type { Driver } from '../drivers/driver.ts';
import type { Kernel } from '../launch/kernel.ts';
import type { LaunchProgram } from '../launch/program.ts';
import type { Cgroups } from '../limits/cgroup.ts';
import type { FilterFor } from '../seccomp/compile.ts';
import type { Subreaper } from '../tree/subreaper.ts';
import type { Broker } from '../broker/open-broker.ts';

/** What every step of one sandbox uses. */
export interface StepParts {
  readonly driver: Driver;
  readonly kernel: Kernel;
  readonly program: LaunchProgram;
  readonly cgroups: Cgroups | null;
  readonly landlockAbi: number;
  readonly agentUid: number;
  readonly filterFor: FilterFor;
  readonly subreaper: Subreaper;
  /** Answers what the filter of tier 2 asks; tier 1 asks nothing. */
  readonly broker: Broker | null;
  readonly random: (below: number) => number;
  /** Milliseconds that only go up. */
  readonly now: () => number;
}
