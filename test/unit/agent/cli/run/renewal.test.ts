import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createRenewal } from '#agent/cli/run/renewal.ts';
import { Fault } from '#proto/domain/fault.ts';

const log = pino({ level: 'silent' });

test('nothing is asked for before it is time', async () => {
  const { renewal, calls } = make({ nowMs: 9, dueMs: 10 });

  expect(await renewal.ifDue()).toBe(true);
  expect(calls).toEqual([]);
});

test('when it is time a successor is asked for, and the link is opened with it', async () => {
  const { renewal, calls } = make({ nowMs: 10, dueMs: 10 });

  expect(await renewal.ifDue()).toBe(true);
  expect(calls).toEqual(['renew', 'reconnect']);
});

test('a renewal that fails is told and leaves the link alone', async () => {
  const { renewal, calls } = make({ nowMs: 10, dueMs: 10, fails: true });

  expect(await renewal.ifDue()).toBe(false);
  expect(calls).toEqual(['renew']);
});

function make({ nowMs, dueMs, fails = false }: { nowMs: number; dueMs: number; fails?: boolean }) {
  const calls: string[] = [];
  const keeper = {
    dueAt: () => dueMs,
    async renew() {
      calls.push('renew');
      if (fails) throw new Fault('server-silent');
    },
  };
  return { calls, renewal: createRenewal({ keeper, reconnect: () => void calls.push('reconnect'), clock: () => nowMs, random: () => 0, log }) };
}
