import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { agingSessions } from '#control-plane/grpc/aging.ts';
import { createLiveSessions, type LiveSession } from '#control-plane/grpc/live-sessions.ts';
import { toAgentId, toTenantId } from '#proto/domain/identity.ts';
import { uuidOf } from '#test/fakes/facts.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('each stream has an age of its own, up to a tenth to either side of the one that is asked for', () => {
  const rolls = [0, 0.5, 0.999_999];
  const live = agingSessions(createLiveSessions(), { maxAgeMs: 10_000, random: () => rolls.shift() ?? 0 });
  const drained: number[] = [];
  for (const number of [1, 2, 3]) live.add(session(number, () => drained.push(number)));

  vi.advanceTimersByTime(8_999);
  expect(drained).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(drained).toEqual([1]);
  vi.advanceTimersByTime(1_000);
  expect(drained).toEqual([1, 2]);
  vi.advanceTimersByTime(1_000);
  expect(drained).toEqual([1, 2, 3]);
});

test('a stream that is over before is asked nothing', () => {
  const live = agingSessions(createLiveSessions(), { maxAgeMs: 10_000, random: () => 0.5 });
  const gone = session(1, () => expect.unreachable());
  live.add(gone);

  live.remove(gone, Promise.resolve());
  vi.advanceTimersByTime(20_000);

  expect([live.size, vi.getTimerCount()]).toEqual([0, 0]);
});

function session(number: number, onDrain: () => void): LiveSession {
  const identity = { trustDomain: 'test.dd0c', tenant: toTenantId(uuidOf(1)), agent: toAgentId(uuidOf(number)) };
  const vitals = { agent: identity.agent, epoch: 1, atMs: 0, spoolFacts: 0, spoolBytes: 0, alerts: [] };
  return { identity, epoch: 1, issuer: 'any', vitals: () => vitals, cut: () => {}, heed: () => {}, entrust: () => {}, drain: onDrain };
}
