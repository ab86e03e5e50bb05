/**
 * Loaded before a program of ours in a test (`--import`): a pause of half a minute or more lasts a second. What a program does
 * again after minutes is done again while somebody looks.
 */
import { syncBuiltinESMExports } from 'node:module';
import promises from 'node:timers/promises';

const { setTimeout: sleep } = promises;
const longMs = 30_000;

function hurried<T>(delayMs = 0, value?: T, options?: Parameters<typeof sleep>[2]): Promise<T | undefined> {
  return sleep(delayMs >= longMs ? 1_000 : delayMs, value, options);
}

Object.assign(promises, { setTimeout: hurried });
syncBuiltinESMExports();
process.channel?.unref(); // listening must not keep the program from ending
