import { execa } from 'execa';

export interface RunOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where standard output goes. */
  readonly outputFile: string;
  readonly signal: AbortSignal;
}

export interface RunResult {
  readonly exitCode: number | null;
  /** The end of standard error. */
  readonly errors: string;
  /** True where there is no such program. */
  readonly isMissing: boolean;
}

/** How long a program may take to end by itself once it is asked to. */
const graceMs = 3_000;
const maxErrorBytes = 1024 * 1024;

/**
 * Runs a program to its end in a process group of its own; when the signal aborts, the whole group is ended, plug-ins
 * included. Never throws for what the program does.
 */
export async function run(path: string, args: readonly string[], { cwd, env, outputFile, signal }: RunOptions): Promise<RunResult> {
  signal.throwIfAborted();
  const child = execa(path, args, {
    cwd,
    env: withoutOwnSecrets(env),
    extendEnv: false,
    detached: true,
    reject: false,
    stdin: 'ignore',
    stdout: { file: outputFile },
    stderr: 'pipe',
    maxBuffer: { stderr: maxErrorBytes },
    stripFinalNewline: true,
  });
  let lastResort: NodeJS.Timeout | undefined;
  const end = (): void => {
    endGroup(child.pid, 'SIGTERM');
    lastResort = setTimeout(() => endGroup(child.pid, 'SIGKILL'), graceMs);
  };
  signal.addEventListener('abort', end, { once: true });
  try {
    const { exitCode, stderr, code } = await child;
    return { exitCode: exitCode ?? null, errors: stderr, isMissing: code === 'ENOENT' };
  } finally {
    clearTimeout(lastResort);
    signal.removeEventListener('abort', end);
    if (signal.aborted) endGroup(child.pid, 'SIGKILL'); // what the program left behind
  }
}

/** A program that is started for a scan has the environment of its owner, but not what is the agent's alone. */
export function withoutOwnSecrets(env: RunOptions['env']): RunOptions['env'] {
  return { ...env, DD0C_JOIN_TOKEN: undefined };
}

function endGroup(pid: number | undefined, how: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, how);
  } catch {
    // the group has ended already
  }
}
