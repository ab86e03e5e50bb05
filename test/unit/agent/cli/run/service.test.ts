import { expect, test } from 'vitest';
import { createService } from '#agent/cli/run/service.ts';
import type { Rounds } from '#agent/cli/run/round.ts';
import { Fault } from '#proto/domain/fault.ts';
import { uuidOf } from '#test/fakes/facts.ts';

const silent = { info: () => {}, error: () => {} };
const nothing = { stacks: 0, findings: 0, unreadable: 0 };

/** Rounds that write down what they were asked, and end the service after so many. */
function recording(times: number, act: (round: number) => void = () => {}): { readonly rounds: Rounds; readonly asked: (readonly string[])[]; readonly stop: AbortController } {
  const asked: (readonly string[])[] = [];
  const stop = new AbortController();
  return {
    asked,
    stop,
    rounds: {
      async scan(stacks) {
        asked.push(stacks);
        act(asked.length);
        if (asked.length >= times) stop.abort();
        return nothing;
      },
    },
  };
}

test('the first round begins at once, and each next one an interval after the beginning of the last', async () => {
  const { rounds, asked, stop } = recording(3);
  let now = 0;
  const service = createService({ rounds, intervalMs: 1, log: silent, clock: () => (now += 1) });

  await service.work(stop.signal);

  expect(asked).toEqual([[], [], []]);
});

test('an order is obeyed as soon as the round under way is done, not when the next is due', async () => {
  const { rounds, asked, stop } = recording(2, (round) => {
    if (round === 1) service.obey({ kind: 'scan', id: uuidOf(1), stacks: ['network'] });
  });
  const service = createService({ rounds, intervalMs: 1e9, log: silent, clock: () => 0 });

  await service.work(stop.signal);

  expect(asked).toEqual([[], ['network']]);
});

test('an order wakes a service that waits', async () => {
  const { rounds, asked, stop } = recording(2);
  const service = createService({ rounds, intervalMs: 1e9, log: silent, clock: () => 0 });

  const working = service.work(stop.signal);
  setImmediate(() => service.obey({ kind: 'scan', id: uuidOf(1), stacks: ['network'] }));
  await working;

  expect(asked).toEqual([[], ['network']]);
});

test('a round that fails is told, and the next one is tried all the same', async () => {
  const told: unknown[] = [];
  const { rounds, asked, stop } = recording(2, (round) => {
    if (round === 1) throw new Fault('spool-full');
  });
  let now = 0;
  const service = createService({ rounds, intervalMs: 1, log: { ...silent, error: (fields: unknown) => told.push(fields) }, clock: () => (now += 1) });

  await service.work(stop.signal);

  expect(told).toMatchObject([{ code: 'spool-full' }]);
  expect(asked).toHaveLength(2);
});
