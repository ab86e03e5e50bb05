#!/usr/bin/env node
import { guardExits } from './cli/crash.ts';
import { runProgram } from './cli/program.ts';
import { createPaint } from './cli/terminal/paint.ts';
import { defaultWidth, type Terminal } from './cli/terminal/terminal.ts';
import { environment } from './config/environment.ts';
import { sealProcess } from './config/seal.ts';

sealProcess(process);
const env = environment();
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(new Error(signal)));

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error; // the reader has had enough, as `head` does
});

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  get input() {
    return process.stdin; // opened only where a command reads it
  },
  output: process.stdout,
  errorOutput: process.stderr,
  width: widthOf(process.stdout.columns ?? Number(env['COLUMNS'])),
  paint: createPaint({ colours: takesColours(process.stdout) }),
  paintError: createPaint({ colours: takesColours(process.stderr) }),
  isInteractive: process.stderr.isTTY && env['TERM'] !== 'dumb',
};

guardExits(process, console, terminal);
void main(); // no top-level await: the executable loads this file by `require`

async function main(): Promise<void> {
  process.exitCode = await runProgram(process.argv.slice(2), { terminal, env, cwd: process.cwd(), stop: stop.signal });
}

function takesColours({ isTTY }: { readonly isTTY: boolean }): boolean {
  return isTTY && env['NO_COLOR'] === undefined && env['TERM'] !== 'dumb';
}

function widthOf(columns: number): number {
  return Number.isInteger(columns) && columns >= 40 ? columns : defaultWidth;
}
