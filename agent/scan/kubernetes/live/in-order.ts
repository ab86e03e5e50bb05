/** Works on several items at once and yields the results in the order of the items, never far ahead of the reader. */
export async function* inOrder<Item, Result>(items: Iterable<Item>, atOnce: number, work: (item: Item) => Promise<Result>): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  for (const item of items) {
    const result = work(item);
    result.catch(() => undefined); // it is told when its turn comes
    running.push(result);
    const first = running.length < atOnce ? undefined : running.shift();
    if (first !== undefined) yield await first;
  }
  for (const result of running) yield await result;
}
