import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Journal, openJournal } from '#agent/runbook/journal/journal.ts';
import { next, standing } from '#agent/runbook/journal/standing.ts';
import { deliveryOf, signatory } from '#test/fakes/approvers.ts';
import { uuidOf } from '#test/fakes/facts.ts';
import { orderOf } from '#test/fakes/step-plans.ts';

const place = { spool: uuidOf(50), seq: 7 };
const ending = { result: Buffer.from('{"done":true}'), atMs: 3_000, isGood: true };
const nonce = { nonce: 'n1', attempt: 1, lastMomentMs: 10_000, rememberUntilMs: 20_000 };
const dayMs = 24 * 3_600_000;
let dir: string;
let journal: Journal;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dd0c-journal-'));
  journal = openJournal(dir);
});

afterEach(() => {
  journal.close();
  rmSync(dir, { recursive: true, force: true });
});

function reopen(): void {
  journal.close();
  journal = openJournal(dir);
}

function receive(number: number): string {
  return journal.receive(deliveryOf(orderOf(), [], uuidOf(number)), 1_000).id;
}

test('an order keeps its state and its bytes over a restart', () => {
  const delivery = deliveryOf(orderOf(), [signatory('ada').approve(orderOf())], uuidOf(1));
  journal.receive(delivery, 1_000);
  reopen();
  expect(journal.find(delivery.id)).toMatchObject({ state: 'received', isCancelled: false, result: null, telling: null });
  expect(Buffer.from(journal.find(delivery.id)?.delivery?.envelope ?? []).equals(Buffer.from(delivery.envelope))).toBe(true);

  journal.begin(delivery.id, 2_000);
  reopen();
  expect(journal.open()).toMatchObject([{ id: delivery.id, state: 'started' }]);

  journal.end(delivery.id, ending, place);
  reopen();
  expect(journal.open()).toEqual([]);
  expect(journal.untold()).toMatchObject([{ id: delivery.id, state: 'ended', delivery: null, telling: { ...place, isDone: false } }]);

  journal.told(delivery.id);
  reopen();
  expect(journal.untold()).toEqual([]);
  expect(Buffer.from(journal.find(delivery.id)?.result ?? []).toString()).toBe('{"done":true}');
});

test('an order that is known is not received again, whatever comes under its id', () => {
  const id = receive(1);
  journal.begin(id, 2_000);

  expect(journal.receive(deliveryOf(orderOf(), [], id), 5_000).state).toBe('started');
});

test('nothing is begun or ended twice', () => {
  const id = receive(1);
  journal.begin(id, 2_000);
  expect(() => journal.begin(id, 2_000)).toThrow(/broken/);
  journal.end(id, ending, place);
  expect(() => journal.end(id, ending, place)).toThrow(/broken/);
  expect(() => journal.begin(id, 2_000)).toThrow(/broken/);
  expect(() => journal.begin(uuidOf(99), 2_000)).toThrow(/broken/);
});

test('the states go one way', () => {
  expect(next('received', 'begin')).toBe('started');
  expect(next('received', 'end')).toBe('ended');
  expect(next('started', 'end')).toBe('ended');
  expect([next('started', 'begin'), next('ended', 'begin'), next('ended', 'end')]).toEqual([null, null, null]);
  expect((['received', 'started', 'ended'] as const).map(standing)).toEqual(['not done', 'unknown', 'done']);
});

describe('an approval', () => {
  test('is used once, also over a restart; the order that has it may ask again', () => {
    expect(journal.claim(receive(1), nonce)).toBe('claimed');
    reopen();
    expect(journal.claim(uuidOf(1), nonce)).toBe('claimed');
    expect(journal.claim(receive(2), nonce)).toBe('used');
  });

  test('serves a further attempt only after the one before it was seen to fail', () => {
    const further = { ...nonce, attempt: 2 };
    expect(journal.claim(receive(9), further)).toBe('out-of-turn');
    const id = receive(1);
    journal.claim(id, nonce);
    expect(journal.claim(receive(2), further)).toBe('out-of-turn');
    journal.begin(id, 2_000);
    expect(journal.claim(receive(2), further)).toBe('out-of-turn');
    journal.end(id, { ...ending, isGood: false }, place);
    expect(journal.claim(receive(2), further)).toBe('claimed');
  });

  test.each([true, null])('serves no further attempt where the one before ended as %s', (isGood) => {
    const id = receive(1);
    journal.claim(id, nonce);
    journal.end(id, { ...ending, isGood }, place);

    expect(journal.claim(receive(2), { ...nonce, attempt: 2 })).toBe('out-of-turn');
  });

  test('is remembered until it has run out, and then refused as run out, also where the clock goes back', () => {
    journal.claim(receive(1), nonce);
    journal.prune(nonce.rememberUntilMs);
    expect(journal.claim(receive(2), nonce)).toBe('used');

    journal.prune(nonce.rememberUntilMs + 1);
    reopen();
    expect(journal.claim(receive(2), nonce)).toBe('forgotten');
    expect(journal.claim(receive(2), { ...nonce, nonce: 'n2', lastMomentMs: nonce.rememberUntilMs + 1 })).toBe('claimed');
  });
});

describe('a cancel', () => {
  test('of an order that has not come yet waits for it, over a restart', () => {
    journal.cancel(uuidOf(1), 500);
    reopen();
    expect(journal.receive(deliveryOf(orderOf(), [], uuidOf(1)), 1_000).isCancelled).toBe(true);
  });

  test('of a known order is kept with it', () => {
    const id = receive(1);
    journal.cancel(id, 2_000);
    reopen();
    expect(journal.find(id)?.isCancelled).toBe(true);
  });
});

test('what is long over is forgotten; what is open, untold or holds an approval stays', () => {
  const [told, untold, open, holding] = [receive(1), receive(2), receive(3), receive(4)];
  journal.claim(holding, { ...nonce, rememberUntilMs: 100 * dayMs });
  for (const id of [told, untold, holding]) journal.end(id, ending, place);
  for (const id of [told, holding]) journal.told(id);

  journal.prune(30 * dayMs);

  expect([told, untold, open, holding].map((id) => journal.find(id)?.state ?? null)).toEqual([null, 'ended', 'received', 'ended']);
});

test('a journal that is damaged is left as it is and refused: what ran already is in it', () => {
  journal.close();
  for (const name of readdirSync(join(dir, 'journal'))) writeFileSync(join(dir, 'journal', name), 'no database');

  expect(() => openJournal(dir)).toThrow(/journal-unusable/);
  expect(readdirSync(join(dir, 'journal')).length).toBeGreaterThan(0);
  rmSync(join(dir, 'journal'), { recursive: true });
  journal = openJournal(dir);
});

test('two processes do not share a journal', () => {
  expect(() => openJournal(dir)).toThrow(/journal-unusable/);
});
