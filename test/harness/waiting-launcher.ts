import { openTestSandbox, wide } from './sandbox.ts';

/** An agent of which nothing is wanted but that a launcher waits in it: says which process that is, and stays. */
const sandbox = await openTestSandbox({ prove: process.argv[2] === '1' ? 1 : 2, spareFor: { workdir: null, readable: [], writable: [], limits: wide } });
process.stdout.write(`${JSON.stringify({ pid: await sandbox.rested() })}\n`);
