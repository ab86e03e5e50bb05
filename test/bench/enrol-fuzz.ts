import { setFlagsFromString } from 'node:v8';
import { parseArgs } from 'node:util';
import { runInNewContext } from 'node:vm';
import { openPgliteForTest } from '#test/harness/databases.ts';
import { fuzzEnrolment } from '#test/harness/enrol-fuzz.ts';

/** Throws malformed inputs at the enrolment door, and tells what became of them; fails where one is let in, or breaks something. */
export async function benchEnrolFuzz(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { inputs: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } } });
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  const database = await openPgliteForTest();
  const { inputs, outcomes, wrong, heapMiB } = await fuzzEnrolment(database.db, { inputs: Number(values.inputs), seed: Number(values.seed), collect: () => void (typeof collect === 'function' && collect()) });
  await database.close();
  print(`${inputs} inputs, seed ${values.seed}\n`);
  for (const [kind, counts] of Object.entries(outcomes).toSorted(([a], [b]) => a.localeCompare(b))) {
    print(`  ${kind.padEnd(30)} ${Object.entries(counts).toSorted(([, a], [, b]) => b - a).map(([outcome, count]) => `${count} ${outcome}`).join(', ')}`);
  }
  print(`\n  heap after each tenth, MiB: ${heapMiB.join(' ')}`);
  print(wrong.length === 0 ? '  let in: 0, broken: 0, unanswered: 0' : wrong.slice(0, 20).join('\n'));
  if (wrong.length > 0) process.exitCode = 1;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
