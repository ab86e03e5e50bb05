import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournal } from '#agent/runbook/journal/journal.ts';
import { openSpool } from '#agent/spool/spool.ts';
import { readStepResult, type StepResult } from '#proto/domain/step-result.ts';
import { runChild } from '#test/harness/child.ts';
import { chosenSeed, seededRandom } from '#test/harness/random.ts';
import { numberedOrder, numberOfOrder } from '#test/harness/step-orders.ts';

const kills = 16;
const orders = 12;
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dd0c-step-kill-'));
});

afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

test(`an agent that dies ${kills} times between any two writes runs nothing twice, and says truly what is done, not done and unknown`, async () => {
  const seed = chosenSeed(20_261_124);
  const random = seededRandom(seed);
  const effects = join(dir, 'effects');
  let lastWords: readonly unknown[] = [];

  for (let round = 0; round <= kills; round += 1) {
    const points = round === kills ? [] : [String(Math.floor(random() * 50))];
    const child = runChild('test/harness/step-child.ts', [dir, effects, String(orders), ...points]);
    await child.exited;
    lastWords = child.said;
    expect(child.complaints(), `seed ${seed}`).toBe('');
    expect(child.said.filter((line) => JSON.stringify(line).includes('trouble')), `seed ${seed}`).toEqual([]);
  }

  expect(lastWords).toEqual([{ done: true }]);
  const done = readFileSync(effects, 'utf8').trim().split('\n').map(Number);
  expect(new Set(done).size, `seed ${seed}: something ran twice`).toBe(done.length);
  const results = told();
  expect(results.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: orders }, (_, index) => index + 1)); // each once
  for (const { number, ending } of results) {
    const isThere = done.includes(number);
    const said = ending.state === 'unknown' ? ending.probe : ending.state;
    expect(isThere ? ['ended', 'effect-there'] : ['effect-absent'], `order ${number}, seed ${seed}`).toContain(said);
  }
  expect(results.some(({ ending }) => ending.state === 'unknown')).toBe(true); // else the kills hit nothing
  expect(standings()).toEqual(results.map(() => 'ended'));
});

/** What the spool holds, which nobody acknowledged. */
function told(): readonly { readonly number: number; readonly ending: StepResult['ending'] }[] {
  const spool = openSpool({ dir, maxBytes: 50_000_000, newId: randomUUID, clock: Date.now, warn: (fault) => { throw fault; } });
  const facts = spool.read(0, Number.MAX_SAFE_INTEGER).map(({ body }) => body);
  spool.close();
  return facts.flatMap((fact) => (fact.kind === 'step-end' ? [{ number: numberOfOrder(fact.orderId), ending: readStepResult(fact.result).ending }] : []));
}

function standings(): readonly unknown[] {
  const journal = openJournal(dir);
  const states = Array.from({ length: orders }, (_, index) => journal.find(numberedOrder(index + 1).id)?.state);
  journal.close();
  return states;
}
