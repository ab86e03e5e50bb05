import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '#agent/scan/source/cli/run.ts';
import { makeFolder } from '#test/harness/folder.ts';

test('a program that is started for a scan sees what its owner set, and not the join token of the agent', async () => {
  const folder = await makeFolder({});
  const env = { PATH: '/usr/bin:/bin', AWS_PROFILE: 'ops', DD0C_JOIN_TOKEN: 'dd0c-join-canary' };

  const { exitCode } = await run('env', [], { cwd: folder, env, outputFile: join(folder, 'out'), signal: AbortSignal.timeout(10_000) });

  expect(exitCode).toBe(0);
  expect((await readFile(join(folder, 'out'), 'utf8')).trim().split('\n').toSorted()).toEqual(['AWS_PROFILE=ops', 'PATH=/usr/bin:/bin']);
});
