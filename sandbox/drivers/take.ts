import { Fault } from '#proto/domain/fault.ts';
import type { Kernel } from '../launch/kernel.ts';

/** Takes a descriptor over from a launcher that waits; both then have it. */
export function take(kernel: Kernel, pid: number, fd: number): number {
  const process = kernel.call('pidfd_open', pid, 0);
  const taken = process < 0 ? process : kernel.call('pidfd_getfd', process, fd, 0);
  if (process >= 0) kernel.call('close', process);
  if (taken < 0) throw new Fault('sandbox-failed', { at: 'descriptor', errno: -taken });
  return taken;
}
