import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstState, type LinkEvent, type LinkState, next } from '#agent/uplink/link-state.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { Welcome } from '#proto/domain/frame.ts';
import { maxBackoffMs } from '#proto/link/backoff.ts';

const welcome: Welcome = { kind: 'welcome', epoch: 1, capabilities: [], resumeAfterSeq: 0, heartbeatIntervalMs: 1, windowBytes: 1, serverTimeMs: 0 };
const unreachable = new Fault('server-unreachable');

test('a link comes up, is lost, waits and tries again', () => {
  const life: LinkEvent[] = [{ kind: 'welcomed', welcome }, lost(unreachable, 60_000), { kind: 'due' }];

  const states = life.reduce<LinkState[]>((past, event) => [...past, next(past.at(-1) ?? firstState, event)], [firstState]);

  expect(states.map(({ kind }) => kind)).toEqual(['connecting', 'live', 'waiting', 'connecting']);
});

test('failures in a row wait longer and longer, and a session that lasted begins the count anew', () => {
  const waits = Array.from({ length: 8 }).reduce<LinkState[]>((past) => [...past, fail(past.at(-1) ?? firstState)], []);

  expect(waits.map((state) => (state.kind === 'waiting' ? state.delayMs : null))).toEqual([999, 1_998, 3_996, 7_992, 15_984, 31_968, 63_936, 63_936]);
  const live = next(next(waits.at(-1) ?? firstState, { kind: 'due' }), { kind: 'welcomed', welcome });
  expect(next(live, lost(unreachable, 10_000))).toMatchObject({ kind: 'waiting', attempt: 1, delayMs: 999 });
  expect(next(live, lost(unreachable, 9_999))).toMatchObject({ kind: 'waiting', attempt: 9, delayMs: 63_936 });
});

test('a server that names a time is not asked before it, and not believed beyond an hour', () => {
  const asked = (retryAfterMs: number): Fault => new Fault('database-unavailable', { retryAfterMs });

  expect(next(firstState, lost(asked(5_000), 0))).toMatchObject({ delayMs: 5_999 });
  expect(next(firstState, lost(asked(1e12), 0))).toMatchObject({ delayMs: 3_600_999 });
  expect(next(firstState, { kind: 'drained', reconnectAfterMs: 4e9, roll: 0 })).toMatchObject({ delayMs: 3_600_000 });
});

test.each(['agent-removed', 'agent-locked', 'certificate-invalid', 'session-superseded'] as const)('a server that answers %s is not asked again soon', (code) => {
  expect(next(firstState, lost(new Fault(code), 0))).toMatchObject({ kind: 'waiting', delayMs: 63_936 });
});

test('a drain waits at least as long as it asks for, and not for everybody alike', () => {
  const live: LinkState = { kind: 'live', attempt: 3, welcome };

  expect(next(live, { kind: 'drained', reconnectAfterMs: 5_000, roll: 0.5 })).toMatchObject({ kind: 'waiting', attempt: 0, delayMs: 5_500 });
});

const event: fc.Arbitrary<LinkEvent> = fc.oneof(
  fc.constant({ kind: 'welcomed', welcome } as const),
  fc.constant({ kind: 'due' } as const),
  fc.record({ kind: fc.constant('lost' as const), why: fc.constant(unreachable), lastedMs: fc.nat(), roll: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }) }),
  fc.record({ kind: fc.constant('drained' as const), reconnectAfterMs: fc.nat({ max: 1_000 }), roll: fc.constant(0.5) }),
);

test('whatever happens in whatever order, no wait is longer than the cap and what a drain asks for', () => {
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const states = events.reduce<readonly LinkState[]>((past, one) => [...past, next(past.at(-1) ?? firstState, one)], [firstState]);
      const waits = states.filter((state) => state.kind === 'waiting').map(({ delayMs }) => delayMs);

      expect(Math.max(0, ...waits)).toBeLessThan(maxBackoffMs + 2_000);
    }),
  );
});

test('closed is for good', () => {
  fc.assert(
    fc.property(fc.array(event), fc.array(event), (before, after) => {
      const events: LinkEvent[] = [...before, { kind: 'closed' }, ...after];

      expect(events.reduce(next, firstState)).toEqual({ kind: 'closed' });
    }),
  );
});

function lost(why: Fault, lastedMs: number): LinkEvent {
  return { kind: 'lost', why, lastedMs, roll: 0.999 };
}

function fail(state: LinkState): LinkState {
  return next(next(state, { kind: 'due' }), lost(unreachable, 0));
}
