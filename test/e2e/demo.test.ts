import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';

/** Two control planes from nothing, on a machine that has other things to do. */
const patience = { timeout: 240_000 };
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'dd0c-demo-'));

function demo(...args: readonly string[]) {
  return spawn(process.execPath, [join(root, 'demo', 'main.ts'), '--dir', folder, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function ended(child: ReturnType<typeof demo>): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode, out, err };
}

/** The folders of runs that are there now: of demos at work, kept or failed. */
function runs(): readonly string[] {
  return readdirSync(folder).filter((name) => name.startsWith('run-'));
}

/** Programs whose command line names the text. */
async function programsNaming(what: string): Promise<readonly string[]> {
  const { out } = await ended(spawn('ps', ['-A', '-ww', '-o', 'command='], { stdio: ['ignore', 'pipe', 'pipe'] }));
  return out.split('\n').filter((line) => line.includes(what));
}

afterAll(async () => {
  await ended(demo('--stop'));
  rmSync(folder, { recursive: true });
}, patience.timeout);

test('tells the whole way, also while another demo is kept, and leaves nothing behind', patience, async () => {
  const kept = await ended(demo('--keep'));
  const keptRuns = runs();
  const [, http = '', tokenFile = ''] = /--server (\S+) --token-file (\S+) findings/.exec(kept.out) ?? [];
  const token = await ended(spawn('cat', [resolve(root, tokenFile)], { stdio: ['ignore', 'pipe', 'pipe'] }));
  const answer: unknown = await (await fetch(`${http}/v1/findings`, { headers: { authorization: `Bearer ${token.out.trim()}` } })).json();
  const second = await ended(demo());
  const runsAfter = runs();
  const stopped = await ended(demo('--stop'));

  expect({ code: kept.code, err: kept.err }).toEqual({ code: 0, err: '' });
  expect(kept.out).toMatch(/CRITICAL +aws_security_group\.web/);
  expect(kept.out).toMatch(/differences mean nothing/);
  expect(kept.out).toMatch(/apps\/Deployment\/shop\/web (put right|not put right)/); // where no sandbox holds, nothing runs
  expect(kept.out).toMatch(/\d+ entries in the audit trail verified, 1 approval with a good signature/);
  expect(kept.out).toMatch(/could not be read \[source-truncated\]/);
  expect(kept.out + second.out).not.toMatch(/example-only/);
  expect(kept.out).not.toContain(token.out.trim());
  expect(z.object({ findings: z.array(z.unknown()) }).parse(answer).findings.length).toBeGreaterThanOrEqual(8);
  expect({ code: second.code, err: second.err }).toEqual({ code: 0, err: '' });
  expect(runsAfter).toEqual(keptRuns);
  expect(stopped.out).toMatch(/^stopped \d/);
  expect(await programsNaming(join(folder, keptRuns[0] ?? ''))).toEqual([]);
});

test('ends at once when a person has had enough, and leaves nothing behind', patience, async () => {
  const before = runs();
  const child = demo();
  await once(child.stdout, 'data');
  while (runs().length === before.length) await once(child.stdout, 'data');
  const [mine = ''] = runs().filter((run) => !before.includes(run));

  child.kill('SIGINT');
  const { code, err } = await ended(child);

  expect(code).toBe(130);
  expect(err).toContain('nothing was left running');
  expect(runs()).not.toContain(mine);
  expect(await programsNaming(join(folder, mine))).toEqual([]);
});

test.each([
  [['/nonexistent/infra'], 1, /There is nothing at \/nonexistent\/infra/],
  [['--kepe'], 1, /--kepe[^]*npm run demo/],
  [['--help'], 0, /npm run demo/],
])('%j is told without starting anything', async (args, code, expected) => {
  const told = await ended(demo(...args));

  expect(told.code).toBe(code);
  expect(told.out).toMatch(expected);
});
