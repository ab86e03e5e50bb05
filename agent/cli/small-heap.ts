import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heap grow by a tenth at a time. What streams through makes garbage and keeps nothing: left to itself, V8 would
 * hold on to a hundred megabytes of it before it looks.
 */
export function keepHeapSmall(): void {
  for (const flag of ['--heap-growing-percent=10', '--semi-space-growth-factor=1']) setFlagsFromString(flag);
}
