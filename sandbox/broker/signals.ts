import type { Kernel } from '../launch/kernel.ts';
import { isMarked } from '../tree/mark.ts';
import { type Asked, type Case, int } from './notification.ts';

const [notPermitted, noSuch] = [-1, -3];

/** Signals where Landlock does not rule them: only to what carries the mark of the same step. */
export function answerSignal(kernel: Kernel, { mark }: Case, { name, args: [a, b, c], stillWaits }: Asked): number {
  const target = int(a);
  if (target === 0 || target === -1 || !isMarked(Math.abs(target), mark)) return notPermitted;
  if (!stillWaits()) return noSuch;
  return name === 'tgkill' ? kernel.call(name, target, int(b), int(c)) : kernel.call(name, target, int(b));
}
