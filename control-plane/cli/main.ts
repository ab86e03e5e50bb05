#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { environment } from '../config/environment.ts';
import { runProgram } from './program.ts';
import { createPaint } from './terminal/paint.ts';
import type { Terminal } from './terminal/terminal.ts';

const env = environment();

const terminal: Terminal = {
  out: (line) => void process.stdout.write(line),
  err: (line) => void process.stderr.write(line),
  width: process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY,
  paint: createPaint({ colours: process.stdout.isTTY && process.stderr.isTTY && env['NO_COLOR'] === undefined && env['TERM'] !== 'dumb' }),
  now: Date.now,
  ...(process.stdin.isTTY && process.stderr.isTTY && { ask }),
};

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error; // the reader has had enough, as `head` does
});

process.exitCode = await runProgram(process.argv.slice(2), terminal, {
  env,
  cwd: process.cwd(),
  readStandardInput: () => text(process.stdin),
});

async function ask(question: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await reader.question(question);
  } finally {
    reader.close();
  }
}
