import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { enrol } from '#agent/identity/enrol.ts';
import { runChild } from '#test/harness/child.ts';
import { type ClockedServer, startClockedServer } from '#test/harness/clocked-server.ts';

const dayMs = 24 * 3_600_000;
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
});

test('a server that was first started with its clock two days ahead says so, and is believed once the clock is right', { timeout: 180_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dd0c-clock-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));

  const ahead = await startClockedServer(join(folder, 'server'), 2 * dayMs);
  cleanups.push(() => ahead.child.kill());
  const refused = await letIn(ahead, join(folder, 'one')).catch((error: unknown) => error);
  await ahead.end();
  const right = await startClockedServer(join(folder, 'server'), 0);
  cleanups.push(() => right.child.kill());
  await letIn(right, join(folder, 'two'));
  const agent = runChild('agent/main.ts', ['run', '--data', join(folder, 'two')]);
  cleanups.push(() => agent.kill());
  await agent.says((line): line is { ready: true } => z.looseObject({ ready: z.literal(true) }).safeParse(line).success);

  expect(refused).toMatchObject({ code: 'clock-wrong', facts: { whose: 'server' }, next: expect.stringContaining('restart the server') });
  expect(right.ready.caPin).toBe(ahead.ready.caPin);
  const told = right.child.complaints();
  expect(told).toContain('THE AUTHORITY BEGINS IN THE FUTURE');
  expect(told).toMatch(/"fault":"authority-not-yet-valid".*"next":"Look at the clock/);
  expect(told).toContain('certified anew');
  await expect.poll(async () => JSON.stringify(await right.ask('GET', '/v1/audit/entries')), { timeout: 10_000 }).toContain('ca.brought-forward');
});

async function letIn(server: ClockedServer, dataDir: string): Promise<void> {
  await enrol({ server: server.ready.enroll, token: await server.token(), dataDir, hostname: 'host', version: '0.1.0' });
}
