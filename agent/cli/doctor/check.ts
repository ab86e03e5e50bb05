import type { Environment } from '../../config/environment.ts';
import type { FoundConfig } from '../../config/read-config.ts';
import type { Dialler } from '../../dial/dialler.ts';
import type { Identity } from '../../identity/identity.ts';

/** What one check came to. `bad` makes the exit code 1; `note` is worth knowing and no more. */
export interface Finding {
  readonly name: string;
  readonly state: 'good' | 'note' | 'bad';
  readonly detail: string;
  /** What to do, where there is something. */
  readonly next?: string;
}

/** What checks look at. */
export interface Patient {
  /** Absolute. */
  readonly dataDir: string;
  /** Null where there is none that can be read; a check of its own says so. */
  readonly identity: Identity | null;
  readonly config: FoundConfig | null;
  readonly env: Environment;
  /** The way out, as `run` would go it. */
  readonly dialler: Dialler;
  readonly now: Date;
}

/** One thing that can stand in the agent's way. It answers nothing where it does not apply. */
export type Check = (patient: Patient) => Promise<readonly Finding[]>;
