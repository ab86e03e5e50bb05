import type { Cloud } from './cloud.ts';
import type { AwsStack } from './find-stacks.ts';

/** Detections that are started before their stacks are read, since each takes AWS up to minutes. */
export interface Ahead {
  /** Starts detections on the next stacks of the same account and region. */
  begin(cloud: Cloud, next: readonly (AwsStack & { readonly path: string })[], signal: AbortSignal): void;
  /** The id of the one that was started for a stack; null for none, or where starting it failed: reading it then tells why. */
  take(path: string): Promise<string | null>;
  forget(): void;
}

/** So many stacks may be under detection beside the one that is read. */
const atOnce = 4;

export function createAhead(): Ahead {
  const begun = new Map<string, Promise<string | null>>();
  return { begin, take, forget: () => begun.clear() };

  function begin(cloud: Cloud, next: Parameters<Ahead['begin']>[1], signal: AbortSignal): void {
    for (const { path, stack } of next.filter((one) => one.cloud === cloud).slice(0, atOnce)) {
      if (!begun.has(path)) begun.set(path, cloud.startDetection(stack, signal).catch(() => null));
    }
  }

  function take(path: string): Promise<string | null> {
    const started = begun.get(path) ?? Promise.resolve(null);
    begun.delete(path);
    return started;
  }
}
