import type { Patience } from '../../source/aws/ask.ts';
import type { Cloud, Detection } from './cloud.ts';

const firstWaitMs = 1_000;
const longestWaitMs = 15_000;

/**
 * Starts drift detection on a stack and waits for its end: less and less often, since AWS counts the questions. Where
 * somebody else's detection is under way, that one is waited for first: a stack bears one at a time. `begun` is the id
 * of one that we have started before, or null.
 * @throws Fault `aws-…`; the reason of the signal
 */
export async function detectDrift(cloud: Pick<Cloud, 'startDetection' | 'detection'>, { stack, begun }: { readonly stack: string; readonly begun: string | null }, { wait, random }: Patience, signal: AbortSignal): Promise<Detection> {
  let waitMs = firstWaitMs;
  let id = begun ?? (await cloud.startDetection(stack, signal));
  while (id === null) {
    await pause();
    id = await cloud.startDetection(stack, signal);
  }
  for (;;) {
    await pause();
    const detection = await cloud.detection(id, stack, signal);
    if (detection.state !== 'under-way') return detection;
  }

  async function pause(): Promise<void> {
    await wait(waitMs * (0.75 + random() / 4), signal);
    waitMs = Math.min(longestWaitMs, waitMs * 1.5);
  }
}
