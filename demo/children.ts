import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';

/** The product's own variables: what a person has set for a real fleet must not steer the demo. */
const ours = ['DD0C_DATA', 'DD0C_DATABASE_URL', 'DD0C_HTTP', 'DD0C_GRPC', 'DD0C_ENROLL', 'DD0C_ADVERTISE', 'DD0C_JOIN_TOKEN', 'DD0C_LOG_LEVEL', 'DD0C_HTTP_RATE', 'DD0C_DEBUG'];
const env = Object.fromEntries(ours.map((name) => [name, undefined]));

const readyWithinMs = 90_000;
const endWithinMs = 15_000;

/** Where a program's standard output and error go. */
export interface Files {
  readonly out: string;
  readonly log: string;
}

/** A program of ours that goes on running. */
export interface Running {
  readonly pid: number;
  /** Asks it to end, and waits. */
  stop(): Promise<void>;
}

/** Something of ours ended badly; its log says why. */
export class ChildFailure extends Error {
  override readonly name = 'ChildFailure';
  readonly log: string;

  constructor(what: string, log: string) {
    super(what);
    this.log = log;
  }
}

/** Runs a program of ours to its end. @throws ChildFailure */
export async function runToEnd(name: string, args: readonly string[], { out, log }: Files, signal: AbortSignal): Promise<void> {
  const { exitCode } = await execa(process.execPath, args, { env, stdin: 'ignore', stdout: { file: out }, stderr: { file: log }, reject: false, cancelSignal: signal, gracefulCancel: false });
  signal.throwIfAborted();
  if (exitCode !== 0) throw new ChildFailure(`${name} ended with exit code ${exitCode ?? 'none'}`, log);
}

/**
 * Starts a program of ours that prints a line of JSON once it is ready, and answers that line. It writes to files, so it
 * can outlive this process.
 * @throws ChildFailure
 */
export async function start(name: string, args: readonly string[], { out, log }: Files, signal: AbortSignal): Promise<{ readonly running: Running; readonly ready: unknown }> {
  const [stdout, stderr] = [openSync(out, 'w', 0o600), openSync(log, 'w', 0o600)];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', stdout, stderr], detached: true });
  closeSync(stdout);
  closeSync(stderr);
  const ended = once(child, 'exit');
  child.unref();
  const running: Running = { pid: child.pid ?? 0, stop };
  try {
    return { running, ready: await firstLine() };
  } catch (error) {
    await stop();
    throw error;
  }

  async function firstLine(): Promise<unknown> {
    const deadline = performance.now() + readyWithinMs;
    while (!isOver() && performance.now() < deadline) {
      signal.throwIfAborted();
      const [line, ...rest] = (await readFile(out, 'utf8')).split('\n');
      if (rest.length > 0) return JSON.parse(line ?? '');
      await sleep(25, undefined, { signal });
    }
    throw new ChildFailure(isOver() ? `${name} ended before it was ready` : `${name} was not ready in time`, log);
  }

  function isOver(): boolean {
    return child.exitCode !== null || child.signalCode !== null;
  }

  async function stop(): Promise<void> {
    child.ref(); // what is waited for keeps this process alive
    if (!isOver()) child.kill('SIGTERM');
    if (!isOver()) await Promise.race([ended, sleep(endWithinMs, undefined, { ref: false })]);
    if (!isOver()) child.kill('SIGKILL');
  }
}
