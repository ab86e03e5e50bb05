/** The longest wait before a reconnect, 64 s. */
export const maxBackoffMs = 64_000;

const baseMs = 1_000;

/**
 * How long to wait before attempt number `attempt` (from 0), in milliseconds: "full jitter", so that agents which lost
 * the same server do not return together (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 * `roll` is a random number in [0, 1).
 */
export function nextBackoff(attempt: number, roll: number): number {
  const ceiling = Math.min(maxBackoffMs, baseMs * 2 ** Math.min(attempt, 16));
  return Math.floor(roll * ceiling);
}
