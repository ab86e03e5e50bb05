import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import type { Fault } from '#proto/domain/fault.ts';
import { text as collect } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { scrub } from '#agent/cli/scrub.ts';
import { rulesSecrets } from '#agent/cli/rules-secrets.ts';
import { createScrubber } from '#agent/scrub/scrubber.ts';

const scrubber = createScrubber({ key: new Uint8Array(32) });
const password = ['Tr4iler', 'Mist'].join('-');

test('text goes through as it is, without its secrets', async () => {
  const stdout = new PassThrough();
  const output = collect(stdout);

  const code = await scrub({ format: 'text', scrubber }, Readable.from([Buffer.from('a: 1\npassword='), Buffer.from(`${password}\nb: ✓\n`)]), stdout);
  stdout.end();

  expect(code).toBe(0);
  expect(await output).toMatch(/^a: 1\npassword=«secret:password:[0-9a-f]{16}»\nb: ✓\n$/);
});

test('in jsonl every line keeps its id and says what was removed where, in UTF-16 units of what was given', async () => {
  const given = `🔑 password=${password}`;
  const stdout = new PassThrough();
  const output = collect(stdout);

  await scrub({ format: 'jsonl', scrubber }, Readable.from([`${JSON.stringify({ id: 'a', text: given })}\n`, `${JSON.stringify({ id: 'b', text: 'plain' })}\n`]), stdout);
  stdout.end();

  const [first, second] = (await output).trim().split('\n').map((line) => JSON.parse(line) as { id: string; text: string; removed: { rule: string; start: number; end: number }[] });
  expect(first?.id).toBe('a');
  expect(first?.removed.map(({ start, end }) => given.slice(start, end))).toEqual([password]);
  expect(first?.text).not.toContain(password);
  expect(second).toEqual({ id: 'b', text: 'plain', removed: [] });
});

test('a line of jsonl that is none is refused by its number and not quoted, and the next ones are scrubbed', async () => {
  const stdout = new PassThrough();
  const output = collect(stdout);
  const refused: Fault[] = [];
  const lines = [`{"id":"a","text":"x"}`, `password=${password}`, '', `{"id":"b"}`, `{"id":"${'c'.repeat(400)}","text":"${password}"}`, `{"id":"d","text":"y"}`];

  const code = await scrub({ format: 'jsonl', scrubber, refuse: (fault) => refused.push(fault), maxLineBytes: 200 }, Readable.from([lines.join('\n')]), stdout);
  stdout.end();

  expect(code).toBe(1);
  expect(refused.map(({ code: what, facts }) => [what, facts])).toEqual([
    ['line-not-scrubbable', { line: 2 }],
    ['line-not-scrubbable', { line: 4 }],
    ['line-not-scrubbable', { line: 5, longerThanBytes: 200 }],
  ]);
  expect(JSON.stringify(refused)).not.toContain(password);
  expect((await output).trim().split('\n').map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(['a', 'd']);
});

test('offsets of jsonl are exact whatever stands around: cutting them out gives what came out between placeholders', async () => {
  const noise = fc.string({ unit: 'binary', maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(noise, fc.constantFrom(`password=${password}`, `🔑 token: ghp_${'aB3dE5fG7h'.repeat(3)}aB3dE5`, `postgres://app:${password}@db/x`)), { maxLength: 4 }), noise, async (parts, end) => {
      const text = parts.map(([before, secret]) => `${before}\u2028 ${secret} \n`).join('') + end;
      const stdout = new PassThrough();
      const output = collect(stdout);

      await scrub({ format: 'jsonl', scrubber }, Readable.from([`${JSON.stringify({ id: 1, text })}\n`]), stdout);
      stdout.end();

      const told = JSON.parse(await output) as { text: string; removed: { rule: string; start: number; end: number }[] };
      const kept = told.removed.map(({ start }, at) => text.slice(told.removed[at - 1]?.end ?? 0, start));
      expect(told.text.split(/«secret:[a-z-]+:[0-9a-f]{16}»/)).toEqual([...kept, text.slice(told.removed.at(-1)?.end ?? 0)]);
      expect(told.removed.length).toBeGreaterThanOrEqual(parts.length);
    }),
    { numRuns: 150 },
  );
});

test('rules are listed with their sources', () => {
  const listed = JSON.parse(rulesSecrets({ format: 'json' })) as { families: { name: string; source: string; rules: string[] }[] };

  expect(listed.families.length).toBeGreaterThan(250);
  expect(listed.families.find(({ name }) => name === 'github')).toMatchObject({ rules: expect.arrayContaining(['github/token']) as string[] });
  for (const { source } of listed.families) expect(source).toMatch(/^https:\/\//);
  expect(rulesSecrets({ format: 'table' })).toMatch(/^FAMILY +RULES/);
});
