import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileMemory, type Remembered } from '#agent/memory/memory.ts';

const remembered: Remembered = {
  schema: 'dd0c.memory/v1',
  serial: 7,
  resources: { abc: { code: 'c', recorded: 'r', live: null, disagreed: { p: 'laundered' }, drifted: true } },
};
let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'dd0c-memory-')), 'memory');
});

afterEach(async () => {
  await rm(join(folder, '..'), { recursive: true, force: true });
});

test('what one run remembers the next one recalls, stack by stack', async () => {
  await createFileMemory(folder).remember('prod/../../etc', remembered);

  expect(await createFileMemory(folder).recall('prod/../../etc')).toEqual(remembered);
  expect(await createFileMemory(folder).recall('dev')).toBeNull();
});

test('the file is for this user alone, and nothing is left beside it', async () => {
  await createFileMemory(folder).remember('prod', remembered);
  await createFileMemory(folder).remember('prod', { ...remembered, serial: 8 });

  const [file = '', ...others] = await readdir(folder);
  expect(others).toEqual([]);
  expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
  expect(await readFile(join(folder, file), 'utf8')).toContain('"serial":8');
});

test.each(['', '{', 'null', '{"schema":"dd0c.memory/v2","serial":1,"resources":{}}'])('a file that says %j is no memory', async (text) => {
  const memory = createFileMemory(folder);
  await memory.remember('prod', remembered);
  const [file = ''] = await readdir(folder);
  await writeFile(join(folder, file), text);

  expect(await memory.recall('prod')).toBeNull();
});
