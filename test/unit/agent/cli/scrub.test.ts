import { PassThrough, Readable } from 'node:stream';
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

test('a line of jsonl that is none is refused by its number, and not quoted', async () => {
  const scrubbing = scrub({ format: 'jsonl', scrubber }, Readable.from([`{"id":"a","text":"x"}\n`, `password=${password}\n`]), new PassThrough());

  await expect(scrubbing).rejects.toMatchObject({ code: 'line-not-scrubbable', facts: { line: 2 } });
  await expect(scrubbing).rejects.not.toThrow(new RegExp(password));
});

test('rules are listed with their sources', () => {
  const listed = JSON.parse(rulesSecrets({ format: 'json' })) as { families: { name: string; source: string; rules: string[] }[] };

  expect(listed.families.length).toBeGreaterThan(250);
  expect(listed.families.find(({ name }) => name === 'github')).toMatchObject({ rules: expect.arrayContaining(['github/token']) as string[] });
  for (const { source } of listed.families) expect(source).toMatch(/^https:\/\//);
  expect(rulesSecrets({ format: 'table' })).toMatch(/^FAMILY +RULES/);
});
