import { expect, test } from 'vitest';
import { createTurns } from '#agent/scan/source/cli/turns.ts';

test('pieces of work never overlap, and one that fails holds up no other', async () => {
  const inTurn = createTurns();
  const first = Promise.withResolvers<string>();
  const begun: string[] = [];
  const work = (name: string, result: Promise<string>) => inTurn(() => {
    begun.push(name);
    return result;
  });

  const results = Promise.allSettled([work('a', first.promise), work('b', Promise.resolve('b')), work('c', Promise.resolve('c'))]);
  await expect.poll(() => begun).toEqual(['a']);
  first.reject(new Error('no'));

  expect((await results).map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual(['failed', 'b', 'c']);
  expect(begun).toEqual(['a', 'b', 'c']);
});
