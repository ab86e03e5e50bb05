import { PassThrough, Readable } from 'node:stream';
import { text as collect } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { linesOf } from '#agent/cli/lines.ts';
import { formatVerdict } from '#agent/cli/format/verdict.ts';
import { classifyInput } from '#agent/cli/classify.ts';
import { classify } from '#risk/classify.ts';
import { fakeHost } from '#test/fakes/host.ts';

const plain = (_: string, text: string): string => text;

async function classifyText(text: string): Promise<{ code: number; out: string; err: string }> {
  const host = fakeHost();
  const output = new PassThrough();
  let err = '';
  const terminal = { ...host.terminal, input: Readable.from([Buffer.from(text)]), output, err: (told: string) => void (err += told) };
  const collected = collect(output);
  const code = await classifyInput({ json: false, jsonl: true }, { ...host, terminal });
  output.end();
  return { code, out: await collected, err };
}

test('every line of jsonl is answered under its id, in order', async () => {
  const { code, out } = await classifyText('{"id":1,"command":"uptime"}\n\n{"id":"b","command":"rm -rf /"}');

  const answers = out.trimEnd().split('\n').map((line) => JSON.parse(line) as { id: unknown; risk: string; reasons: unknown[] });
  expect(code).toBe(0);
  expect(answers.map(({ id, risk }) => [id, risk])).toEqual([[1, 'read_only'], ['b', 'forbidden']]);
  expect(answers[1]?.reasons[0]).toEqual({ rule: 'host-loss', why: expect.any(String), span: [7, 8] });
});

test('a line that is none is told by its number and not quoted, the others are answered, and the exit code is 1', async () => {
  const { code, out, err } = await classifyText('{"id":1,"command":"uptime"}\npassword=hunter2\n{"id":2,"command":"ls"}\n');

  expect(code).toBe(1);
  expect(out.trimEnd().split('\n')).toHaveLength(2);
  expect(err).toContain('line: 2');
  expect(err).not.toContain('hunter2');
});

test('a line longer than the limit is passed over without being kept', async () => {
  const pieces = [Buffer.from('short\n'), Buffer.alloc(50, 97), Buffer.alloc(50, 97), Buffer.from('\nlast')];

  const lines = await Array.fromAsync(linesOf(Readable.from(pieces), 60));

  expect(lines).toEqual([{ number: 1, text: 'short' }, { number: 2, text: undefined }, { number: 3, text: 'last' }]);
});

test('for people the part is marked, and characters that are not seen are written out', () => {
  const command = 'ls; echo a\u202eb';

  const told = formatVerdict(command, classify(command), plain);

  expect(told).toContain('dangerous');
  expect(told).toContain(String.raw`ls; echo a\u{202e}b`);
  expect(told).toMatch(/^ {12}~{8}$/m);
  expect(told).not.toContain('\u202e');
});
