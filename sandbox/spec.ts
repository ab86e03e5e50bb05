import type { StepLimits, Tier } from '#proto/domain/step.ts';

/** What is to run, and all that it may touch. What is not named here is not there, or may not be used. */
export interface SandboxSpec {
  /** The program and its arguments; a script is `['bash', '-c', text]` or a file in the working folder. */
  readonly command: readonly [program: string, ...args: string[]];
  /**
   * Absolute; the step's own folder, which it may write. Null asks for an empty private one that is gone afterwards. A
   * folder given to an agent that runs as root belongs to the step's user while the step runs.
   */
  readonly workdir: string | null;
  /** Absolute paths that may be read beside the system's programs and libraries. */
  readonly readable: readonly string[];
  /** Absolute paths that may be written beside the working folder. */
  readonly writable: readonly string[];
  /**
   * The whole environment of the step; nothing of the agent's own is added but PATH, HOME, TMPDIR and LANG where absent.
   * What would load code, or turn the step away from its proxy, is dropped; `cleanEnvironment` names it.
   */
  readonly env: Readonly<Record<string, string>>;
  /**
   * `host:port` pairs that may be reached, through the proxy that the step finds in its environment; `*.name` stands for
   * the names below one. None means no network at all.
   */
  readonly network: readonly string[];
  readonly limits: StepLimits;
  /** A tier that is demanded: refused where it does not hold. Null takes the strongest that holds. */
  readonly tier: Tier | null;
}
