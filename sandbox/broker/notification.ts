import { readFileSync } from 'node:fs';
import type { Kernel } from '../launch/kernel.ts';
import { arm64 } from '../syscalls/arm64.ts';
import { x64 } from '../syscalls/x64.ts';

/** One step, as the broker knows it. */
export interface Case {
  /** The listener of its filter, in this process. */
  readonly fd: number;
  readonly mark: string;
  readonly identity: { readonly uid: number; readonly gid: number } | null;
  /** Real paths below which the step may change modes and times. */
  readonly folders: readonly string[];
  /** What the step calls its proxy, and where that really listens; null without network. */
  readonly proxy: { readonly called: number; readonly real: number } | null;
}

/** A system call that waits for an answer. */
export interface Asked {
  readonly id: Buffer;
  /** The thread that asks. */
  readonly pid: number;
  readonly name: string;
  readonly args: readonly bigint[];
  /** Whether it still waits: a thread that is gone may have been followed by another of its number. */
  readonly stillWaits: () => boolean;
}

const names = new Map(Object.entries(process.arch === 'arm64' ? arm64 : x64).map(([name, number]) => [number, name]));
const [receiveRequest, sendRequest, validRequest] = [0xc0502100, 0xc0182101, 0x40082102];

/** Takes the next question, or null where it was withdrawn. */
export function receive(kernel: Kernel, fd: number): Asked | null {
  const bytes = Buffer.alloc(80);
  if (kernel.call('ioctl', fd, receiveRequest, bytes) < 0) return null;
  const id = bytes.subarray(0, 8);
  return {
    id,
    pid: bytes.readUInt32LE(8),
    name: names.get(bytes.readInt32LE(16)) ?? '',
    args: [0, 1, 2, 3, 4, 5].map((index) => bytes.readBigUInt64LE(32 + index * 8)),
    stillWaits: () => kernel.call('ioctl', fd, validRequest, Buffer.from(id)) === 0,
  };
}

/** Answers with 0 or the negated number of an error. */
export function reply(kernel: Kernel, fd: number, { id }: Asked, answer: number): void {
  const bytes = Buffer.alloc(24);
  id.copy(bytes, 0);
  bytes.writeInt32LE(answer, 16);
  kernel.call('ioctl', fd, sendRequest, bytes);
}

/** An argument that the kernel takes as `int`. */
export function int(word: bigint | undefined): number {
  return Number(BigInt.asIntN(32, word ?? 0n));
}

/** Bytes of the asking thread's memory, or null. */
export function peek(kernel: Kernel, pid: number, address: bigint, length: number): Buffer | null {
  const bytes = Buffer.alloc(length);
  const local = Buffer.alloc(16);
  const remote = Buffer.alloc(16);
  local.writeBigUInt64LE(BigInt.asUintN(64, kernel.addressOf(bytes)), 0);
  local.writeBigUInt64LE(BigInt(length), 8);
  remote.writeBigUInt64LE(address, 0);
  remote.writeBigUInt64LE(BigInt(length), 8);
  return kernel.call('process_vm_readv', pid, local, 1, remote, 1, 0) === length ? bytes : null;
}

const page = 4096n;

/** A path of the asking thread's memory, NUL included; null where there is none of a sensible length. */
export function peekPath(kernel: Kernel, pid: number, address: bigint): Buffer | null {
  let found: Buffer = Buffer.alloc(0);
  for (let at = address; found.length <= 4096; ) {
    const piece = peek(kernel, pid, at, Number(page - (at % page)));
    if (piece === null) return null;
    const end = piece.indexOf(0);
    if (end >= 0) return Buffer.concat([found, piece.subarray(0, end + 1)]);
    found = Buffer.concat([found, piece]);
    at += BigInt(piece.length);
  }
  return null;
}

/** The process that a thread belongs to. */
export function processOf(thread: number): number {
  try {
    return Number(/^Tgid:\t(\d+)$/m.exec(readFileSync(`/proc/${thread}/status`, 'latin1'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
