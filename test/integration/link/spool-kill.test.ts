import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSpool } from '#agent/spool/spool.ts';
import type { Fault } from '#proto/domain/fault.ts';
import { chunk, plain } from '#test/fakes/facts.ts';
import { runChild } from '#test/harness/child.ts';
import { chosenSeed, seededRandom } from '#test/harness/random.ts';

const kills = 20;
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dd0c-spool-kill-'));
});

afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

test(`a spool whose process is killed ${kills} times at any point keeps every fact that it took, in its place, once`, async () => {
  const seed = chosenSeed(20_260_102);
  const random = seededRandom(seed);
  let id: string | undefined;
  let known = { appended: 0, acked: 0 };

  for (let round = 0; round < kills; round += 1) {
    const child = runChild('test/harness/spool-child.ts', [dir, String(seed + round)]);
    const opened = await child.says(isOpened);
    await sleep(random() * 60);
    await child.kill();

    expect(child.said.filter(isWarning), `seed ${seed}`).toEqual([]);
    expect(opened.id).toBe((id ??= opened.id));
    expect(opened.lastSeq).toBeGreaterThanOrEqual(known.appended);
    expect(opened.ackedSeq).toBeGreaterThanOrEqual(known.acked);
    known = child.said.reduce<typeof known>((past, line) => ({ ...past, ...(line as object) }), known);
  }

  const warnings: Fault[] = [];
  const spool = openSpool({ dir, maxBytes: 50_000_000, newId: randomUUID, clock: Date.now, warn: (fault) => warnings.push(fault) });
  const facts = spool.read(0, Number.MAX_SAFE_INTEGER);
  spool.close();
  expect(warnings).toEqual([]);
  expect(spool.lastSeq).toBeGreaterThan(kills);
  expect(plain(facts)).toEqual(plain(Array.from({ length: spool.lastSeq - spool.ackedSeq }, (_, index) => factOf(spool.ackedSeq + 1 + index))));
});

function factOf(seq: number) {
  return { seq, body: chunk(seq, 1 + (seq % 3_000)) };
}

function isOpened(line: unknown): line is { id: string; lastSeq: number; ackedSeq: number } {
  return typeof line === 'object' && line !== null && 'id' in line;
}

function isWarning(line: unknown): boolean {
  return typeof line === 'object' && line !== null && 'warned' in line;
}
