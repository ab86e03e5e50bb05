import type { Kernel } from '../launch/kernel.ts';
import { type Asked, type Case, int, peek, processOf } from './notification.ts';

const [refused, badAddress, noSuch] = [-13, -14, -3];
const inet = 2;

/**
 * Connects a socket of the step to its proxy, and to nothing else. The address is the broker's own: what the step wrote is
 * only compared. The proxy is told which port the connection comes from, for others on this host could connect to it too.
 */
export function answerConnect(kernel: Kernel, { proxy }: Case, { pid, args: [socket, address = 0n, length = 0n], stillWaits }: Asked, connected: (port: number) => void): number {
  if (proxy === null || length < 8n) return refused;
  const wanted = peek(kernel, pid, address, 8);
  if (wanted === null) return badAddress;
  const isProxy = wanted.readUInt16LE(0) === inet && wanted.readUInt16BE(2) === proxy.called && wanted.readUInt32BE(4) === 0x7f000001;
  if (!isProxy || !stillWaits()) return refused;

  const process = kernel.call('pidfd_open', processOf(pid), 0);
  if (process < 0) return noSuch;
  const taken = kernel.call('pidfd_getfd', process, int(socket), 0);
  kernel.call('close', process);
  if (taken < 0) return refused;
  try {
    const real = Buffer.alloc(16);
    real.writeUInt16LE(inet, 0);
    real.writeUInt16BE(proxy.real, 2);
    real.writeUInt32BE(0x7f000001, 4);
    const answer = kernel.call('connect', taken, real, 16);
    const from = Buffer.alloc(16);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(16, 0);
    if (kernel.call('getsockname', taken, from, size) === 0 && from.readUInt16BE(2) !== 0) connected(from.readUInt16BE(2));
    return answer;
  } finally {
    kernel.call('close', taken);
  }
}
