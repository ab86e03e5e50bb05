import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { once } from 'node:events';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import type { Scrubber } from '../scrub/scrubber.ts';

export interface ScrubOptions {
  readonly format: 'text' | 'jsonl';
  readonly scrubber: Scrubber;
  /** Whole lines leave when nothing came for so long; a line that is still open, after eight times as long. */
  readonly idleMs?: number;
}

const defaultIdleMs = 250;

/**
 * `dd0c-agent scrub`: standard input to standard output. In `jsonl` every line is a document of its own.
 * @returns the exit code
 * @throws Fault `line-not-scrubbable` where a line of `jsonl` is none; nothing of it is written
 */
export async function scrub({ format, scrubber, idleMs = defaultIdleMs }: ScrubOptions, stdin: Readable, stdout: Writable): Promise<number> {
  if (format === 'jsonl') await scrubLines(scrubber, stdin, stdout);
  else await scrubText(scrubber, idleMs, stdin, stdout);
  return 0;
}

const Line = z.object({ id: z.union([z.string(), z.number()]), text: z.string() });

async function scrubLines(scrubber: Scrubber, stdin: Readable, stdout: Writable): Promise<void> {
  let number = 0;
  for await (const line of createInterface({ input: stdin, crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === '') continue;
    const { id, text } = parseLine(line, number);
    const scrubbed = scrubber.text(text);
    await write(stdout, `${JSON.stringify({ id, text: scrubbed.text, removed: scrubbed.removed })}\n`);
  }
}

function parseLine(line: string, number: number): z.infer<typeof Line> {
  try {
    return Line.parse(JSON.parse(line));
  } catch {
    throw new Fault('line-not-scrubbable', { line: number }); // the cause would quote the line
  }
}

async function scrubText(scrubber: Scrubber, idleMs: number, stdin: Readable, stdout: Writable): Promise<void> {
  const stream = scrubber.stream();
  let idleTurns = 0;
  let writing = Promise.resolve();
  const timer = setInterval(() => {
    idleTurns += 1;
    if (idleTurns === 1) letGo(stream.flush());
    else if (idleTurns === 8) letGo(stream.flushAll());
  }, idleMs);
  try {
    for await (const piece of stdin) {
      idleTurns = 0;
      letGo(stream.write(piece as Uint8Array));
      await writing;
    }
    letGo(stream.end());
    await writing;
  } finally {
    clearInterval(timer);
  }

  function letGo(bytes: Buffer): void {
    if (bytes.length > 0) writing = writing.then(async () => write(stdout, bytes));
  }
}

async function write(stdout: Writable, data: string | Buffer): Promise<void> {
  if (!stdout.write(data)) await once(stdout, 'drain');
}
