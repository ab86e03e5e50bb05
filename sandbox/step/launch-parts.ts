import type { Driver } from '../drivers/driver.ts';
import type { Kernel } from '../launch/kernel.ts';
import type { LaunchProgram } from '../launch/program.ts';
import type { Cgroups } from '../limits/cgroup.ts';

/** What starting a launcher needs, whatever it will become. */
export interface LaunchParts {
  readonly driver: Driver;
  readonly kernel: Kernel;
  readonly program: LaunchProgram;
  readonly cgroups: Cgroups | null;
  readonly agentUid: number;
  readonly random: (below: number) => number;
}
