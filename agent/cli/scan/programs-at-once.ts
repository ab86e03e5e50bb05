const gibibyte = 1024 ** 3;

/** What a terraform with a provider of the size of AWS's may take in memory, and as much again for everything else. */
const bytesForOne = 2 * gibibyte;
const most = 4;

/** How many programs a scan runs side by side where nobody says: as many as there are cores and memory for. */
export function programsAtOnce(cores: number, availableBytes: number): number {
  return Math.max(1, Math.min(most, cores, Math.floor(availableBytes / bytesForOne)));
}
