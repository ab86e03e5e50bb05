import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { classify } from '#risk/classify.ts';
import { explain } from './explain.ts';
import { formatVerdict } from './format/verdict.ts';
import type { Host } from './host.ts';
import { linesOf } from './lines.ts';

export interface ClassifyRequest {
  readonly command?: string | undefined;
  readonly json: boolean;
  readonly jsonl: boolean;
}

const Line = z.object({ id: z.union([z.string(), z.number(), z.null()]), command: z.string() });

/** A line longer than this is no command. */
const maxLineBytes = 4 * 1024 * 1024;

/**
 * `dd0c-agent classify`: one command, or one on every line.
 * @returns the exit code: 0, or 1 where a line was none
 */
export async function classifyInput({ command, json, jsonl }: ClassifyRequest, host: Host): Promise<number> {
  const { terminal } = host;
  if (jsonl && command === undefined) return classifyLines(terminal.input, terminal.output, (fault) => terminal.err(explain(fault, terminal.paintError)));
  const text = command ?? (await readAll(terminal.input));
  const verdict = classify(text);
  terminal.out(json || jsonl ? `${JSON.stringify({ id: null, ...verdict })}\n` : formatVerdict(text, verdict, terminal.paint));
  return 0;
}

async function classifyLines(input: Readable, output: Writable, tell: (fault: Fault) => void): Promise<number> {
  let exitCode = 0;
  for await (const { number, text } of linesOf(input, maxLineBytes)) {
    if (text?.trim() === '') continue;
    const line = text === undefined ? undefined : parseLine(text);
    if (line === undefined) {
      exitCode = 1;
      tell(new Fault('line-not-classifiable', { line: number }));
      continue;
    }
    const answer = `${JSON.stringify({ id: line.id, ...classify(line.command) })}\n`;
    if (!output.write(answer)) await once(output, 'drain');
  }
  return exitCode;
}

function parseLine(text: string): z.infer<typeof Line> | undefined {
  try {
    return Line.parse(JSON.parse(text));
  } catch {
    return undefined; // told by its number: the text may hold anything
  }
}

/** A command from standard input, up to a little more than is ever judged. */
async function readAll(input: Readable): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of input) {
    text += typeof piece === 'string' ? piece : decoder.decode(piece as Uint8Array, { stream: true });
    if (text.length > maxLineBytes) break;
  }
  return text + decoder.decode();
}
