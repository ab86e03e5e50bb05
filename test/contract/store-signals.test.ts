import { afterEach, expect, test } from 'vitest';
import { openPostgresSignals } from '#control-plane/store/postgres-signals.ts';
import type { Signals } from '#control-plane/store/signals.ts';
import { makePostgresDatabase, onPostgres } from '#test/harness/databases.ts';
import { asAdmin } from '#test/harness/postgres-server.ts';

onPostgres('signals on Postgres', (server) => {
  const open: Signals[] = [];

  afterEach(async () => {
    for (const signals of open.splice(0)) await signals.close();
  });

  test('a word reaches the others, and not whoever told it', async () => {
    const url = await makePostgresDatabase(server());
    const [here, there] = [await listener(url), await listener(url)];

    here.signals.tell('a');
    there.signals.tell('b');

    await expect.poll(() => [here.words, there.words]).toEqual([['b'], ['a']]);
  });

  test('many words go in few notifications, each word once', async () => {
    const url = await makePostgresDatabase(server());
    const [here, there] = [await listener(url), await listener(url)];
    const words = Array.from({ length: 1_000 }, () => crypto.randomUUID());

    for (const word of [...words, ...words]) here.signals.tell(word);

    await expect.poll(() => there.words.length).toBeGreaterThanOrEqual(1_000);
    expect(there.words.toSorted()).toEqual(words.toSorted());
  });

  test('a listener that was cut off says so, says that it may have missed words, and hears again', async () => {
    const url = await makePostgresDatabase(server());
    const [here, there] = [await listener(url), await listener(url)];

    await asAdmin(server(), `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dd0c-signals'`);
    here.signals.tell('into the dark');
    await expect.poll(() => [here.gaps, there.gaps]).toEqual([2, 2]);
    here.signals.tell('a');

    await expect.poll(() => there.words.at(-1)).toBe('a');
    expect([here.breaks, there.breaks]).toEqual([1, 1]);
  });

  test('where no server answers, telling and closing end all the same', async () => {
    let breaks = 0;
    const signals = openPostgresSignals({ url: 'postgres://127.0.0.1:1/none', onWord: () => {}, onGap: () => {}, onBreak: () => (breaks += 1) });
    signals.tell('a');

    await expect.poll(() => breaks).toBeGreaterThan(1);
    await signals.close();
  });

  async function listener(url: string) {
    const state = { words: [] as string[], gaps: 0, breaks: 0 };
    const signals = openPostgresSignals({ url, onWord: (word) => state.words.push(word), onGap: () => (state.gaps += 1), onBreak: () => (state.breaks += 1) });
    open.push(signals);
    await expect.poll(() => state.gaps).toBe(1);
    return Object.assign(state, { signals });
  }
});
