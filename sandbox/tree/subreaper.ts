import type { Kernel } from '../launch/kernel.ts';

/** Whether orphans of this process's descendants come to it. */
export interface Subreaper {
  hold(): void;
  release(): void;
}

/** Held while a step of tier 2 runs; at other times orphans of the agent's other children go where they always went. */
export function subreaper(kernel: Kernel): Subreaper {
  let holders = 0;
  const set = (on: 0 | 1): void => void kernel.call('prctl', 36, on, 0, 0, 0);
  return {
    hold: () => {
      holders += 1;
      if (holders === 1) set(1);
    },
    release: () => {
      holders -= 1;
      if (holders === 0) set(0);
    },
  };
}
