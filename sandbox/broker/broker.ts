import type { Identity } from '../identity/identity.ts';

/** What the broker knows of the step that it answers. */
export interface Asking {
  readonly pid: number;
  /** The descriptor of the filter's listener, in the launcher. */
  readonly fd: number;
  readonly mark: string;
  readonly identity: Identity | null;
  /** Where the step may change modes and times. */
  readonly folders: readonly string[];
}

/** Answers the system calls that a filter cannot judge by itself, in a thread of its own. */
export interface Broker {
  attach(asking: Asking): Promise<void>;
  close(): Promise<void>;
}
