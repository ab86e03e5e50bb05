import type { OpenStack, ScanOptions, Scanner, Target } from './scan/scanner.ts';

/** A stack, and who can open it. */
export interface Found {
  readonly scanner: Pick<Scanner, 'open' | 'waits'>;
  readonly target: Target;
}

export interface Openings {
  /** Opens one stack, or answers with what was begun before; to be asked once for each, in order. */
  open(index: number): Promise<OpenStack>;
  /** Ends what was begun and is not needed any more; resolves once nothing of it is left. */
  end(): Promise<void>;
}

/** So many stacks ahead are known to a scanner, and opened at most. */
const lookAhead = 8;

/**
 * Opens stacks in their order. Those whose opening waits for another program are begun before their turn, so that so
 * many of these programs run at once.
 */
export function createOpenings(found: readonly Found[], options: ScanOptions, atOnce: number, signal: AbortSignal): Openings {
  const ending = new AbortController();
  const either = AbortSignal.any([signal, ending.signal]);
  const begun = new Map<number, Promise<OpenStack>>();
  let running = 0;
  let turn = 0;
  return { open, end };

  function open(index: number): Promise<OpenStack> {
    turn = index;
    const opening = begun.get(index) ?? begin(index);
    begun.delete(index);
    beginMore();
    return opening;
  }

  async function end(): Promise<void> {
    ending.abort();
    await Promise.allSettled(begun.values());
  }

  function beginMore(): void {
    for (let index = turn + 1; index <= turn + lookAhead && running < atOnce && !either.aborted; index += 1) {
      const next = found[index];
      if (next !== undefined && !begun.has(index) && waits(next)) begun.set(index, begin(index));
    }
  }

  function begin(index: number): Promise<OpenStack> {
    const one = found[index];
    if (one === undefined) return Promise.reject(new RangeError(`there is no stack ${index}`));
    const upcoming = found.slice(index + 1, index + 1 + lookAhead).map(({ target }) => target);
    const opening = one.scanner.open(one.target, { ...options, upcoming }, either);
    if (waits(one)) {
      running += 1;
      opening.catch(() => {}).finally(() => { // whoever asks for it is told
        running -= 1;
        beginMore();
      });
    }
    return opening;
  }

  function waits({ scanner, target }: Found): boolean {
    return scanner.waits?.(target, options) ?? false;
  }
}
