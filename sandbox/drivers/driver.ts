import type { Tier } from '#proto/domain/step.ts';
import type { Place } from '../landlock/ruleset.ts';
import type { Surroundings } from '../seccomp/verdict.ts';
import type { LaunchProgram } from '../launch/program.ts';
import type { Identity } from '../identity/identity.ts';
import type { SandboxSpec } from '../spec.ts';

/** What a step needs of the file system, after it has been made ready. */
export interface Room {
  /** Where the step begins; inside the namespace for tier 1. */
  readonly workdir: string;
  readonly home: string;
  readonly temporary: string;
  /** The folder on this host that is the working folder, or null where it exists inside only. */
  readonly hostWorkdir: string | null;
  readonly readable: readonly string[];
  readonly writable: readonly string[];
  readonly diskBytes: number;
}

/** What of a spec decides what a step is shown. */
export type Shown = Pick<SandboxSpec, 'workdir' | 'readable' | 'writable' | 'limits'>;

/** How a tier starts a launcher, and what it relies on beside the filter. */
export interface Driver {
  readonly tier: Tier;
  readonly surroundings: Pick<Surroundings, 'namespaces'>;
  /**
   * What of a step and of this host the command line depends on: a launcher that was started for one step serves any other
   * of the same shape. Null where the step is shown places of its own, which may be others by the time it comes.
   */
  shapeOf(shown: Shown): string | null;
  /** What is executed; the launcher's control channel is descriptor 3, that of bubblewrap's report 4. */
  commandLine(room: Room, program: LaunchProgram): readonly [command: string, ...args: string[]];
  /** What Landlock gives on top of the room. */
  places(room: Room): readonly Place[];
  /** Whom the process is started as; the launcher itself changes identity where this is null. */
  startsAs(identity: Identity | null): Identity | null;
}
