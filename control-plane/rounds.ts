/**
 * Does `work` again and again, a round beginning `pauseMs` after the one before has ended. Answers how to stop: a last
 * round is done before that resolves.
 */
export function startRounds(work: () => Promise<void>, pauseMs: number): () => Promise<void> {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round = Promise.resolve();
  arrange();

  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await round;
    await work();
  };

  function arrange(): void {
    if (isStopped) return;
    timer = setTimeout(() => {
      round = work().finally(arrange);
    }, pauseMs);
  }
}
