/** What the launcher is told over its control channel, and does in this order before it becomes the step. */
export interface LaunchPlan {
  /** Whom to become, where it was started as root. */
  readonly identity: { readonly uid: number; readonly gid: number } | null;
  /** Whether root takes other processes out of the step's sight, as far as this host lets it. */
  readonly hidesOthers: boolean;
  /** Where the proxy is to be found inside an own network namespace; the listening socket is handed out. */
  readonly proxyPort: number | null;
  readonly landlock: LandlockPlan | null;
  /** A seccomp program in base64, or null for none. */
  readonly filter: string | null;
  /** Whether the program asks a broker; its descriptor is handed out. */
  readonly asksBroker: boolean;
  /** By number; the same value for the soft and the hard limit. */
  readonly rlimits: readonly (readonly [resource: number, value: string])[];
  readonly cwd: string;
  /** What is run: a program, tried at these paths in turn, or attacks from inside. */
  readonly run:
    | { readonly kind: 'program'; readonly paths: readonly string[]; readonly argv: readonly string[]; readonly env: readonly string[] }
    | { readonly kind: 'canary'; readonly attacks: CanaryTargets };
}

export interface LandlockPlan {
  readonly handledFs: number;
  readonly handledNet: number;
  readonly scoped: number;
  /** A path that is not there is passed over. */
  readonly rules: readonly { readonly path: string; readonly access: number }[];
}

/** What the attacks of a proof aim at: all of it is reachable without a sandbox. */
export interface CanaryTargets {
  readonly agentPid: number;
  /** A file with a secret that this user may read and change. */
  readonly file: string;
  /** A port of loopback that answers. */
  readonly port: number;
  /** A launcher that waits for another step, or null where there is none. */
  readonly waitingPid: number | null;
}

/** What the launcher says: that it is there, descriptors to be taken from it, that all is set for the exec, or why it could not go on. */
export type LaunchWord =
  | { readonly say: 'ready' }
  | { readonly say: 'proxy'; readonly fd: number }
  | { readonly say: 'broker'; readonly fd: number }
  | { readonly say: 'set' }
  | { readonly say: 'failed'; readonly at: string; readonly errno: number }
  | { readonly say: 'canary'; readonly through: readonly string[] };

/** The hidden first argument that turns the agent into a launcher. */
export const launchArgument = '__dd0c-launch';

/** The descriptor of the control channel in the launcher. */
export const controlFd = 3;

/** The part of the executable that is the launcher. */
export const launchPart = 'launch.cjs';

/** The part that is the broker's thread. */
export const brokerPart = 'broker.cjs';
