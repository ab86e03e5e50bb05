import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenedDatabase, openPgliteForTest } from '#test/harness/databases.ts';
import { findOwnPostgres } from '#test/harness/postgres-server.ts';
import { chosenSeed } from '#test/harness/random.ts';
import { canMakeDisks } from '#test/faults/disk.ts';
import { runSeed, tellOutcome } from '#test/faults/run.ts';

/** Few, and others with each `DD0C_SEED`; `npm run bench -- faults` runs as many as there is time for. */
const seeds = [0, 1].map((offset) => chosenSeed(6) + offset);

const means = { postgres: findOwnPostgres() !== null, disks: canMakeDisks() };
const missing = [...(means.postgres ? [] : ['no Postgres server found']), ...(means.disks ? [] : ['file systems cannot be made here'])];
let reference: OpenedDatabase;

beforeAll(async () => {
  reference = await openPgliteForTest();
});

afterAll(() => reference.close());

describe('whatever happens to agents, server, database, network, disks and clocks, the record ends as if nothing had', () => {
  test.each(seeds)('seed %i', { timeout: 300_000 }, async (seed) => {
    const outcome = await runSeed(seed, means, reference.db);

    expect(outcome.complaints.length === 0 ? 'all is well' : tellOutcome(outcome)).toBe('all is well');
  });

  // oxlint-disable-next-line vitest/no-disabled-tests -- its title says why, and the closing line repeats it
  test.skipIf(missing.length > 0)(`also where the database is a server that dies, and disks are full${missing.length === 0 ? '' : ` [not run: ${missing.join(', ')}]`}`, () => {
    expect(means).toEqual({ postgres: true, disks: true });
  });
});
