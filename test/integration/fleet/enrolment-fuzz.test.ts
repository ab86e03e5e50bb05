import { expect, test } from 'vitest';
import { openPgliteForTest } from '#test/harness/databases.ts';
import { fuzzEnrolment } from '#test/harness/enrol-fuzz.ts';
import { chosenSeed } from '#test/harness/random.ts';

/** `npm run bench -- enrol-fuzz` throws 10,000. */
const inputs = 400;

test('whatever is thrown at the enrolment door, nobody is let in, nothing fails, and an honest host joins afterwards', async () => {
  const database = await openPgliteForTest();

  const { wrong, outcomes } = await fuzzEnrolment(database.db, { inputs, seed: chosenSeed(20_260_101) });

  await database.close();
  expect(wrong).toEqual([]);
  expect(Object.keys(outcomes).length).toBeGreaterThan(10);
}, 120_000);
