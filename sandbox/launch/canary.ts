import { Buffer } from 'node:buffer';
import type { Kernel, Word } from './kernel.ts';
import type { CanaryTargets } from './plan.ts';

const refusal = -1; // EPERM, before the kernel has looked any further

/**
 * Tries from inside what a step must not be able to do, and names what got through. Every attack is harmless: it stops
 * at the kernel's permission check, or touches nothing but the targets.
 */
export function attack(kernel: Kernel, { agentPid, file, port, waitingPid }: CanaryTargets): readonly string[] {
  const { call } = kernel;
  const path = Buffer.from(`${file}\0`);
  const here = -100; // AT_FDCWD
  const times = Buffer.alloc(32, 1);
  const tried: readonly (readonly [name: string, got: boolean])[] = [
    ['reads a file of the agent', call('openat', here, path, 0, 0) >= 0],
    ['writes a file of the agent', call('openat', here, path, 1, 0) >= 0],
    ['truncates a file of the agent', call('truncate', path, 0) >= 0],
    ['changes the mode of a file of the agent', call('fchmodat', here, path, 0o666) >= 0],
    ['changes the times of a file of the agent', call('utimensat', here, path, times, 0) >= 0],
    ['sets an attribute on a file of the agent', call('setxattr', path, Buffer.from('user.dd0c\0'), Buffer.from('1'), 1, 0) >= 0],
    ['removes a file of the agent', call('unlinkat', here, path, 0) >= 0],
    ['opens a kernel parameter for writing', call('openat', here, Buffer.from('/proc/sys/kernel/core_pattern\0'), 1, 0) >= 0],
    ['signals the agent', call('kill', agentPid, 0) >= 0],
    ['traces the agent', call('ptrace', 16, agentPid, 0, 0) >= 0],
    ['reads the memory of the agent', call('openat', here, Buffer.from(`/proc/${agentPid}/mem\0`), 0, 0) >= 0],
    ['limits the agent', call('prlimit64', agentPid, 7, 0, Buffer.alloc(16)) >= 0],
    ...(waitingPid === null ? [] : onWaiting(call, waitingPid)),
    ['reaches loopback', connects(call, port)],
    ['opens a datagram socket', call('socket', 2, 2, 0) >= 0],
    ['opens a unix socket', call('socket', 1, 1, 0) >= 0],
    ['opens an MPTCP socket', call('socket', 2, 1, 262) >= 0],
    ['makes a user namespace', call('unshare', 0x10000000) >= 0],
    ['mounts', call('mount', Buffer.from('none\0'), Buffer.from('/\0'), Buffer.from('tmpfs\0'), 0, 0) >= 0],
    ['sets up io_uring', call('io_uring_setup', 1, Buffer.alloc(120)) >= 0],
    ['loads BPF', call('bpf', 0, Buffer.alloc(128), 128) >= 0],
    ['uses the keyring', call('keyctl', 0, -3, 1) >= 0],
    ['opens by handle', call('open_by_handle_at', 0, Buffer.alloc(16), 0) !== refusal],
    ['makes a device', call('mknodat', here, Buffer.from('dd0c-canary\0'), 0o020600, 0x101) >= 0],
    ['pushes into a terminal', call('ioctl', 0, 0x1_0000_5412, Buffer.from('\n')) !== refusal],
    ['keeps a way to new privileges', call('prctl', 39, 0, 0, 0, 0) !== 1],
  ];
  return tried.filter(([, got]) => got).map(([name]) => name);
}

/** A launcher that waits for another step: who got at its streams or its channel would speak for that step. */
function onWaiting(call: Kernel['call'], pid: number): readonly (readonly [name: string, got: boolean])[] {
  const opens = (name: string, flags: number): boolean => call('openat', -100, Buffer.from(`/proc/${pid}/${name}\0`), flags, 0) >= 0;
  return [
    ['signals a launcher that waits', call('kill', pid, 0) >= 0],
    ['traces a launcher that waits', call('ptrace', 16, pid, 0, 0) >= 0],
    ['reads the memory of a launcher that waits', opens('mem', 0) || opens('environ', 0)],
    ['opens the output of a launcher that waits', opens('fd/1', 1) || opens('fd/2', 1)],
    ['takes a descriptor of a launcher that waits', call('pidfd_open', pid, 0) >= 0 && call('pidfd_getfd', call('pidfd_open', pid, 0), 3, 0) >= 0],
  ];
}

function connects(call: (name: string, ...words: readonly Word[]) => number, port: number): boolean {
  const socket = call('socket', 2, 1, 0);
  if (socket < 0) return false;
  const address = Buffer.alloc(16);
  address.writeUInt16LE(2, 0);
  address.writeUInt16BE(port, 2);
  address.set([127, 0, 0, 1], 4);
  return call('connect', socket, address, 16) >= 0;
}
