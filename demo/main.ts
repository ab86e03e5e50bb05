import { fileURLToPath } from 'node:url';
import { readArguments } from './arguments.ts';
import { stopKept } from './kept.ts';
import { show } from './show.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const cwd = process.cwd();
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort());

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error; // the reader has had enough, as `head` does
});

const reading = readArguments(process.argv.slice(2), { root, cwd });
switch (reading.kind) {
  case 'tell':
    process.stdout.write(reading.text);
    process.exitCode = reading.exitCode;
    break;
  case 'stop':
    process.stdout.write(`stopped ${await stopKept(reading.runs)}\n`);
    break;
  case 'show':
    process.exitCode = await show(reading.asked, { root, cwd, stdout: process.stdout, stderr: process.stderr, signal: interrupted.signal });
}
