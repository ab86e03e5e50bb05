import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { enrol } from '#agent/identity/enrol.ts';
import { readIdentity } from '#agent/identity/identity.ts';
import { readTrouble } from '#agent/identity/recover.ts';
import { type Child, runChild } from '#test/harness/child.ts';
import { startClockedServer } from '#test/harness/clocked-server.ts';
import { createOperator } from '#test/harness/operator.ts';

const dayMs = 24 * 3_600_000;
const Recoveries = z.object({ recoveries: z.array(z.object({ id: z.string(), agent: z.string(), state: z.string(), key: z.string() })) });
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
});

test('an agent whose certificate ran out is refused by name while the gate is shut, comes back by itself once it is open, and never where it was revoked', { timeout: 300_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dd0c-recovery-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const data = join(folder, 'server');
  const [away, revoked] = [join(folder, 'away'), join(folder, 'revoked')];

  const before = await startClockedServer(data, -2 * dayMs); // their certificates ended yesterday
  cleanups.push(() => before.child.kill());
  for (const dataDir of [away, revoked]) await enrol({ server: before.ready.enroll, token: await before.token(), dataDir, hostname: dataDir.slice(-7), version: '0.1.0' });
  await before.end();
  const server = await startClockedServer(data, 0, before.ready);
  cleanups.push(() => server.child.kill());
  const dd0c = createOperator({ server: () => server.ready.http, token: () => readFileSync(join(data, 'admin-token'), 'utf8').trim(), cwd: folder });
  const [agent, lost] = [readIdentity(away), readIdentity(revoked)];
  expect(await dd0c(['recoveries', 'policy'])).toMatchObject({ code: 0, answer: { policy: { kind: 'ask' } } });
  expect(await dd0c(['recoveries', 'set-policy', 'never'])).toMatchObject({ code: 0, answer: { agent: null, policy: { kind: 'never' } } });
  expect(await dd0c(['certs', 'revoke', lost.serial])).toMatchObject({ code: 0, answer: { serial: lost.serial } });
  expect(await dd0c(['recoveries', 'set-policy', '30d', '--agent', lost.agent])).toMatchObject({ code: 0, answer: { agent: lost.agent, policy: { kind: 'within', seconds: 30 * 86_400 } } });

  const running = start(away);
  const barred = start(revoked);

  await refused(running, 'recovery-forbidden');
  expect(await readTrouble(away)).toMatchObject({ fault: 'recovery-forbidden', next: expect.stringContaining('dd0c recoveries') });
  expect((await dd0c(['recoveries', 'set-policy', 'ask'])).code).toBe(0);
  await refused(running, 'recovery-awaits-approval');
  const { recoveries } = Recoveries.parse((await dd0c(['recoveries', 'list'])).answer);
  expect(recoveries).toMatchObject([{ agent: agent.agent, state: 'waiting' }]);
  expect((await dd0c(['recoveries', 'list'], 'for people')).text).toMatch(/waiting[^]*1 recovery/);
  expect(await dd0c(['recoveries', 'approve', recoveries[0]?.id ?? ''])).toMatchObject({ code: 0, answer: { state: 'approved' } });

  await running.says((line): line is { ready: true } => z.looseObject({ ready: z.literal(true) }).safeParse(line).success);
  expect((await dd0c(['recoveries', 'list'])).answer).toMatchObject({ recoveries: [{ state: 'recovered' }] });
  expect((await dd0c(['agents', 'show', agent.agent])).answer).toMatchObject({ state: 'online' });
  expect(readIdentity(away).serial).not.toBe(agent.serial);
  expect(await readTrouble(away)).toBeNull();

  await expect.poll(() => barred.complaints().split('"fault":"certificate-revoked"').length, { timeout: 60_000 }).toBeGreaterThan(3); // it has asked again and again
  expect(barred.said).toEqual([]);
  expect(readIdentity(revoked).serial).toBe(lost.serial);
  expect((await dd0c(['agents', 'show', lost.agent])).answer).not.toMatchObject({ state: 'online' });
});

function start(dataDir: string): Child {
  const child = runChild('agent/main.ts', ['run', '--data', dataDir], {}, 'test/harness/hurry.ts');
  cleanups.push(() => child.kill());
  return child;
}

/** It goes on all the same. */
async function refused(child: Child, fault: string): Promise<void> {
  await expect.poll(() => child.complaints(), { timeout: 60_000 }).toMatch(new RegExp(`"fault":"${fault}".*"next":`));
}
