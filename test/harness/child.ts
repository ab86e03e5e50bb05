import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program of ours in a process of its own, which can be killed like any. */
export interface Child {
  /** Every line it wrote to standard output, parsed. */
  readonly said: readonly unknown[];
  /** What it wrote to standard error. */
  readonly complaints: () => string;
  /** The first line, said already or still to come, for which this holds. */
  says<Line>(what: (line: unknown) => line is Line): Promise<Line>;
  /** Resolves when it has said so many lines more than now, or has ended. */
  hasSaid(more: number): Promise<void>;
  /** Asks it to end (SIGTERM). */
  readonly end: () => void;
  /** SIGKILL, and gone. */
  readonly kill: () => Promise<void>;
  /** Its exit code, once it has ended by itself. */
  readonly exited: Promise<number | null>;
  readonly pid: number;
  /** Over the IPC channel, where what was loaded before it listens. */
  tell(message: object): void;
  /** SIGSTOP, or SIGCONT. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Calls back for every line that is still to come; answers how to stop that. */
  onLine(listener: (line: unknown) => void): () => void;
}

/**
 * Runs a script of the project that writes JSON lines to standard output; `env` is added to this process's own, and
 * `preload` is a script that is loaded before it and that can be told something.
 */
export function runChild(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}, preload?: string): Child {
  const path = (file: string): string => new URL(`../../${file}`, import.meta.url).pathname;
  const before = preload === undefined ? [] : ['--import', path(preload)];
  const child: ChildProcess = spawn(process.execPath, [...before, path('pinned.mjs'), script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', ...(preload === undefined ? [] : (['ipc'] as const))],
    env: { ...process.env, ...env },
  });
  const said: unknown[] = [];
  const listeners = new Set<(line: unknown) => void>();
  let complaints = '';
  const exited = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : null));

  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  if (child.stdout !== null) {
    createInterface(child.stdout).on('line', (text) => {
      const line: unknown = JSON.parse(text);
      said.push(line);
      for (const listener of listeners) listener(line);
    });
  }

  return {
    said,
    complaints: () => complaints,
    says<Line>(what: (line: unknown) => line is Line): Promise<Line> {
      const known = said.find(what);
      if (known !== undefined) return Promise.resolve(known);
      return new Promise((resolve, reject) => {
        const listener = (line: unknown): void => {
          if (!what(line)) return;
          listeners.delete(listener);
          resolve(line);
        };
        listeners.add(listener);
        void exited.then((code) => reject(new Error(`the child ended (${code}) before it said that: ${complaints}`)));
      });
    },
    async hasSaid(more) {
      const target = said.length + more;
      if (more === 0) return;
      const enough = Promise.withResolvers<void>();
      const listener = (): void => {
        if (said.length >= target) enough.resolve();
      };
      listeners.add(listener);
      await Promise.race([enough.promise, exited]);
      listeners.delete(listener);
    },
    end: () => void child.kill('SIGTERM'),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    exited,
    pid: child.pid ?? 0,
    tell(message) {
      if (child.connected) child.send(message, () => {}); // it may end meanwhile
    },
    signal: (signal) => void child.kill(signal),
    onLine(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
