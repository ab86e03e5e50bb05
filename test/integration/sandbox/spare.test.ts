import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { runChild } from '#test/harness/child.ts';
import { openTestSandbox, runToEnd, scriptSpec, wide } from '#test/harness/sandbox.ts';

const usual = { workdir: null, readable: [], writable: [], limits: wide };

/** All that a step is given and denied, but for what is drawn for each: its user, its mark, its folder, its group. */
const seen = `{
grep -E '^(NoNewPrivs|Seccomp|Seccomp_filters|Cap|Sig)' /proc/self/status
grep -vE 'realtime|processes' /proc/self/limits; ls /proc/self/fd | wc -l; umask; ulimit -a | grep -vE 'real-time|processes'
for name in PATH HOME TMPDIR LANG TERM; do eval "echo $name=\\$$name"; done
cut -d' ' -f 5-6 /proc/self/mountinfo | wc -l; wc -l < /proc/net/route; ps -o stat= -p $$; stat -c %a . "$HOME" "$TMPDIR"
ls -a . "$HOME"; cat /proc/self/cgroup
} | sed -E 's/dd0c-step-[A-Za-z0-9-]+/DRAWN/'`;

for (const tier of [1, 2] as const) {
  const sandbox = await openTestSandbox({ prove: tier, spareFor: usual });
  afterAll(async () => sandbox.close());
  const [proof] = sandbox.proofs;

  describe.skipIf(proof?.holds !== true)(`a launcher that waits, in tier ${tier}${proof?.holds === true ? '' : ` [not run: ${proof?.detail}]`}`, () => {
    test('makes of a step what a launcher of its own would have made', async () => {
      const cold = await openTestSandbox({ prove: tier });
      const alone = await runToEnd(cold, scriptSpec(seen));
      await cold.close();
      const waited = await sandbox.rested();

      const { out, err, outcome } = await runToEnd(sandbox, scriptSpec(seen));

      expect(waited).not.toBeNull();
      expect(out.split('\n')).toEqual(alone.out.split('\n'));
      expect(err).toBe(alone.err);
      expect(outcome).toMatchObject({ tier, exit: 0, signal: null, limit: null });
    });

    test('serves one step, and another waits for the next', async () => {
      const first = await sandbox.rested();

      await runToEnd(sandbox, scriptSpec('true'));

      expect(await sandbox.rested()).not.toBe(first);
      expect(isAlive(first)).toBe(false);
    });

    test('is beyond the reach of a step that runs beside it', async () => {
      const pid = await sandbox.rested();
      const other = await openTestSandbox({ prove: tier });

      const { out } = await runToEnd(other, scriptSpec(`for way in 'kill -0 ${pid}' 'cat /proc/${pid}/environ' 'cat /proc/${pid}/mem' 'ls /proc/${pid}/fd' 'ls /proc/${pid}/root' 'echo x > /proc/${pid}/fd/1' 'prlimit -p ${pid} --nofile' 'renice 5 ${pid}'; do eval "$way" 2>/dev/null >&2 && echo "$way"; done; true`));
      await other.close();

      expect(out).toBe('');
      expect(isAlive(pid)).toBe(true);
    });

    test('that was killed is not missed: the step gets one of its own', async () => {
      const pid = await sandbox.rested();
      if (pid !== null) process.kill(pid, 'SIGKILL');
      await expect.poll(() => isAlive(pid)).toBe(false);

      const { out, outcome } = await runToEnd(sandbox, scriptSpec('echo here'));

      expect({ out, outcome }).toMatchObject({ out: 'here\n', outcome: { tier, exit: 0 } });
    });

    test('holds no secret of the agent, and nobody of its own user looks into it', async () => {
      const pid = await sandbox.rested();

      expect(environmentOf(pid)).toEqual(process.getuid?.() === 0 ? [] : 'EACCES');
    });

    test('ends with the agent, however that ends', async () => {
      const agent = runChild('test/harness/waiting-launcher.ts', [String(tier)]);
      const { pid } = await agent.says((line): line is { readonly pid: number } => typeof line === 'object' && line !== null && 'pid' in line);
      expect(isAlive(pid)).toBe(true);

      await agent.kill();

      await expect.poll(() => isAlive(pid)).toBe(false);
    });
  });
}

test('closing leaves no launcher and no group behind', async () => {
  const sandbox = await openTestSandbox({ prove: 'strongest', spareFor: usual });
  const pid = await sandbox.rested();
  const groups = pid === null ? [] : groupsOf(pid);

  await sandbox.close();

  expect(isAlive(pid)).toBe(false);
  expect(groups.filter((folder) => existsSync(folder))).toEqual([]);
});

function isAlive(pid: number | null): boolean {
  return pid !== null && existsSync(`/proc/${pid}/stat`) && !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
}

function environmentOf(pid: number | null): readonly string[] | string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').filter((pair) => pair !== '' && !pair.startsWith('PWD='));
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

function groupsOf(pid: number): readonly string[] {
  return readFileSync(`/proc/${pid}/cgroup`, 'utf8').split('\n').filter((line) => line.includes('dd0c-step-')).map((line) => `/sys/fs/cgroup/${line.split(':')[1] ?? ''}${line.split(':')[2] ?? ''}`);
}
