import type { Readable, Writable } from 'node:stream';
import { once } from 'node:events';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import type { Scrubber } from '../scrub/scrubber.ts';
import { readLines } from './json-lines.ts';

export interface ScrubOptions {
  readonly format: 'text' | 'jsonl';
  readonly scrubber: Scrubber;
  /** Whole lines leave when nothing came for so long; a line that is still open, after eight times as long. */
  readonly idleMs?: number;
  /** Told of each line of `jsonl` that is none; nothing of it is written, and the next ones are. */
  readonly refuse?: (fault: Fault) => void;
  /** A longer line of `jsonl` is refused. */
  readonly maxLineBytes?: number;
}

const defaultIdleMs = 250;

/** 64 MiB: a line is scrubbed as a whole, so that its offsets can be told. */
const defaultMaxLineBytes = 64 * 1024 * 1024;

/**
 * `dd0c-agent scrub`: standard input to standard output. In `jsonl` every line is a document of its own.
 * @returns the exit code: 0, or 1 where a line was refused
 */
export async function scrub(options: ScrubOptions, stdin: Readable, stdout: Writable): Promise<number> {
  if (options.format === 'jsonl') return scrubLines(options, stdin, stdout);
  await scrubText(options.scrubber, options.idleMs ?? defaultIdleMs, stdin, stdout);
  return 0;
}

const Line = z.object({ id: z.union([z.string(), z.number()]), text: z.string() });

async function scrubLines({ scrubber, refuse, maxLineBytes = defaultMaxLineBytes }: ScrubOptions, stdin: Readable, stdout: Writable): Promise<number> {
  let refused = 0;
  for await (const { number, text: line } of readLines(stdin, maxLineBytes)) {
    if (line?.trim() === '') continue;
    const parsed = line === null ? null : parseLine(line);
    if (parsed === null) {
      refused += 1;
      refuse?.(new Fault('line-not-scrubbable', line === null ? { line: number, longerThanBytes: maxLineBytes } : { line: number }));
      continue;
    }
    const { text, removed } = scrubber.text(parsed.text);
    await write(stdout, `${JSON.stringify({ id: parsed.id, text, removed })}\n`);
  }
  return refused === 0 ? 0 : 1;
}

/** Null where the line is none; why is not said, since a parser would quote it. */
function parseLine(line: string): z.infer<typeof Line> | null {
  try {
    return Line.parse(JSON.parse(line));
  } catch {
    return null;
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
