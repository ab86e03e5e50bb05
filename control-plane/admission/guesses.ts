/** Counts wrong guesses by address, and shuts an address out that makes too many. */
export interface Guesses {
  /** How long this address has to wait, in milliseconds; 0 where it may try. */
  waitMs(address: string): number;
  /** Takes note of a wrong guess; answers whether the address has just been shut out. */
  note(address: string): boolean;
}

/** So many within the window, and the address waits for as long as the window is. A person who mistypes needs few. */
const most = 10;
const windowMs = 10 * 60_000;

/** Above this many addresses the longest unseen is forgotten, so that many addresses cannot fill the memory. */
const maxAddresses = 10_000;

export function createGuesses(clock: () => number): Guesses {
  const seen = new Map<string, { count: number; since: number }>();

  return {
    waitMs(address) {
      const { count, since } = recall(address);
      return count < most ? 0 : Math.max(0, since + windowMs - clock());
    },
    note(address) {
      const { count, since } = recall(address);
      const isLast = count + 1 === most;
      seen.delete(address); // put back at the end: the map's order is the order of use
      seen.set(address, { count: count + 1, since: isLast ? clock() : since }); // the wait begins with the guess that was too much
      const [oldest] = seen.keys();
      if (seen.size > maxAddresses && oldest !== undefined) seen.delete(oldest);
      return isLast;
    },
  };

  function recall(address: string): { count: number; since: number } {
    const known = seen.get(address);
    return known === undefined || clock() - known.since >= windowMs ? { count: 0, since: clock() } : known;
  }
}
