import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fchownSync } from 'node:fs';
import { Socket } from 'node:net';
import { Duplex, type Readable } from 'node:stream';
import { Fault } from '#proto/domain/fault.ts';
import type { Identity } from '../identity/identity.ts';
import type { Kernel } from '../launch/kernel.ts';
import { type Control, openControl } from './control.ts';

/** A launcher that has been started and waits for its plan. */
export interface Started {
  readonly child: ChildProcess;
  readonly control: Control;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** What bubblewrap reports of itself; empty without it. */
  readonly report: Promise<string>;
  /** When the started process has ended, and how. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

export interface StartOptions {
  readonly commandLine: readonly [command: string, ...args: string[]];
  /** Whom to start as, or null for the agent's own user. */
  readonly as: Identity | null;
  /** Whose output it is, so that it can be opened again by name (`> /dev/stderr`). */
  readonly owner: Identity | null;
  readonly reports: boolean;
}

/**
 * Starts a launcher with nothing of the agent's: an empty environment, no standard input, a session of its own. Output
 * goes through pipes, not through sockets as Node would make them, for scripts write to `/dev/stderr` by name.
 */
export function start(kernel: Kernel, { commandLine: [command, ...args], as, owner, reports }: StartOptions): Started {
  const out = pipe(kernel, owner);
  const err = pipe(kernel, owner);
  const child = spawn(command, args, {
    stdio: ['ignore', out.write, err.write, 'pipe', ...(reports ? ['pipe' as const] : [])],
    env: {},
    cwd: '/',
    detached: true,
    ...(as === null ? {} : { uid: as.uid, gid: as.gid }),
  });
  closeSync(out.write);
  closeSync(err.write);
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('error', (error) => reject(new Fault('sandbox-failed', { at: 'spawn' }, { cause: error })));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  ended.catch(() => {}); // told where it is awaited
  return {
    child,
    control: openControl(duplex(child.stdio[3])),
    stdout: new Socket({ fd: out.read, readable: true, writable: false }),
    stderr: new Socket({ fd: err.read, readable: true, writable: false }),
    report: reports ? firstObject(duplex(child.stdio[4])) : Promise.resolve(''),
    ended,
  };
}

function pipe(kernel: Kernel, owner: Identity | null): { readonly read: number; readonly write: number } {
  const ends = Buffer.alloc(8);
  const answer = kernel.call('pipe2', ends, 0o2000000); // O_CLOEXEC
  if (answer < 0) throw new Fault('sandbox-failed', { at: 'pipe', errno: -answer });
  const [read, write] = [ends.readInt32LE(0), ends.readInt32LE(4)];
  if (owner !== null) fchownSync(write, owner.uid, owner.gid);
  return { read, write };
}

function duplex(stream: unknown): Duplex {
  if (stream instanceof Duplex) return stream;
  throw new Fault('sandbox-failed', { at: 'channel' });
}

/** Bubblewrap's report; the launcher inherits the channel, so that its end comes late. */
async function firstObject(stream: Duplex): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    stream.on('error', () => {});
    stream.on('data', (bytes: Buffer) => {
      text += bytes.toString('utf8');
      if (text.includes('}')) resolve(text);
    });
    stream.once('close', () => resolve(text));
  });
}
