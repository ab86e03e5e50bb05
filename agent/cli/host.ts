import type { Environment } from '../config/environment.ts';
import type { Terminal } from './terminal/terminal.ts';

/** What a command may use of the machine it runs on. */
export interface Host {
  readonly terminal: Terminal;
  readonly env: Environment;
  /** Absolute. */
  readonly cwd: string;
  /** Fires when the process is asked to end. */
  readonly stop: AbortSignal;
}
