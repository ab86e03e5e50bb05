/** Lets one loop sleep until something may have changed. A ring that nobody waits for is kept for the next wait. */
export interface Bell {
  ring(): void;
  rung(): Promise<void>;
}

export function createBell(): Bell {
  let waiting = Promise.withResolvers<void>();

  return {
    ring: () => waiting.resolve(),
    async rung() {
      await waiting.promise;
      waiting = Promise.withResolvers<void>();
    },
  };
}
