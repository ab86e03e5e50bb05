/** Does one piece of work after another: each begins when the one before it has ended, however that ended. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => {}); // whoever asked for it is told
    return next;
  };
}
