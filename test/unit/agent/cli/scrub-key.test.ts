import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProgram } from '#agent/cli/program.ts';
import { loadOrCreateScrubKey } from '#agent/identity/scrub-key.ts';
import { fakeHost } from '#test/fakes/host.ts';
import { makeFolder } from '#test/harness/folder.ts';

async function run(...argv: string[]) {
  const host = fakeHost();
  const exitCode = await runProgram(['scrub-key', ...argv], host);
  return { exitCode, ...host.told };
}

test('the key is shown by an id that does not tell it, the same each time', async () => {
  const data = await makeFolder({});
  const key = Buffer.from(await loadOrCreateScrubKey(data));

  const [first, second] = [await run('show', '--data', data), await run('show', '--data', data)];

  expect(first).toEqual(second);
  expect(first.out).toMatch(/^[0-9a-f]{16} {2}in /);
  for (const form of [key.toString('hex'), key.toString('base64'), key.toString('hex').slice(0, 16)]) expect(first.out).not.toContain(form);
});

test('a rotated key is another, the old one is nowhere, and what follows from it is told', async () => {
  const data = await makeFolder({});
  const old = Buffer.from(await loadOrCreateScrubKey(data));
  const before = await run('show', '--data', data);

  const rotated = await run('rotate', '--data', data);

  expect(rotated.exitCode).toBe(0);
  expect(rotated.err).toContain(before.out.slice(0, 16));
  expect(rotated.err).toMatch(/restarted/);
  expect((await run('show', '--data', data)).out).toBe(rotated.out);
  expect(Buffer.from(await loadOrCreateScrubKey(data)).equals(old)).toBe(false);
  expect((await readFile(join(data, 'identity', 'scrub.key'))).length).toBe(32);
});

test('where there is no key yet, show makes none', async () => {
  const data = await makeFolder({});

  expect((await run('show', '--data', data)).out).toMatch(/^no key yet/);
  await expect(readFile(join(data, 'identity', 'scrub.key'))).rejects.toMatchObject({ code: 'ENOENT' });
});
