import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openTestSandbox, runToEnd, scriptSpec } from '#test/harness/sandbox.ts';

const sandbox = await openTestSandbox();
afterAll(async () => sandbox.close());

/** Whether this user may make a mount namespace, as the launcher does for root in tier 2. */
const mayMount = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;

/** Whether a process of that name lives, wherever it hangs. */
function lives(name: string): boolean {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).some((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith(name);
    } catch {
      return false;
    }
  });
}

for (const { tier, holds, detail } of sandbox.proofs) {
  describe.skipIf(!holds)(`a step in tier ${tier}${holds ? '' : ` [not run: ${detail}]`}`, () => {
    const run = async (script: string, more: Parameters<typeof scriptSpec>[1] = {}, signal?: AbortSignal) => runToEnd(sandbox, scriptSpec(script, { tier, ...more }), signal);

    test('tells its tier, its output in order and how it ended', async () => {
      const { outcome, out, err, events } = await run('echo one; sleep 0.05; echo two >&2; sleep 0.05; echo three; exit 3');

      expect(outcome).toMatchObject({ tier, exit: 3, signal: null, limit: null, outputBytes: 14 });
      expect({ out, err }).toEqual({ out: 'one\nthree\n', err: 'two\n' });
      expect(events[0]).toEqual({ kind: 'started', tier });
      const times = events.flatMap((event) => (event.kind === 'output' ? [event.atMs] : []));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    });

    test('a signal is told as a signal, and an exit code above 128 as the code that it is', async () => {
      expect((await run('kill -SEGV $$')).outcome).toMatchObject({ exit: null, signal: 'SIGSEGV' });
      expect((await run('exit 3')).outcome).toMatchObject({ exit: 3, signal: null });
    });

    test('a program that is not there is told as a shell would', async () => {
      const { outcome, err } = await runToEnd(sandbox, { ...scriptSpec('', { tier }), command: ['no-such-program'] });

      expect(outcome).toMatchObject({ exit: 127 });
      expect(err).toMatch(/no-such-program.*not found/);
    });

    test('has the environment that it was given and nothing of the agent’s', async () => {
      const { out } = await run('env | cut -d= -f1 | sort | tr "\\n" " "', { env: { REGION: 'x', LD_PRELOAD: '/x.so', NODE_OPTIONS: '--x' } });

      expect(out.split(' ').filter((name) => !['', 'PWD', 'SHLVL', '_', 'OLDPWD'].includes(name))).toEqual(['HOME', 'LANG', 'PATH', 'REGION', 'TERM', 'TMPDIR']);
    });

    test.skipIf(tier === 2 && !mayMount)(`does not see the agent, nor anybody else${tier === 2 && !mayMount ? ' [not run: in tier 2 it takes root that may mount]' : ''}`, async () => {
      const { out } = await run(`cat /proc/${process.pid}/cmdline 2>/dev/null; ps -e -o comm= | sort -u | tr '\\n' ' '`);

      expect(out.split(' ').filter((name) => !['bash', 'ps', 'sort', 'tr', 'bwrap', ''].includes(name))).toEqual([]);
    });

    test('no process outlives it, not in another session and not with another parent', async () => {
      const { outcome } = await run(`(setsid bash -c 'exec -a dd0c-left-${tier} sleep 60' >/dev/null 2>&1 &) ; (exec -a dd0c-left-${tier} sleep 60) & echo done`);

      expect(outcome.exit).toBe(0);
      expect(lives(`dd0c-left-${tier}`)).toBe(false);
    });

    test('ends at its time limit, whatever it traps', async () => {
      const { outcome, events } = await run("trap '' TERM INT HUP; while :; do sleep 0.1; done", { limits: { timeoutMs: 300 } });

      expect(outcome).toMatchObject({ exit: null, signal: 'SIGKILL', limit: 'time' });
      expect(events).toContainEqual({ kind: 'limit', limit: 'time' });
    });

    test('is ended when its processes together take too much memory', async () => {
      const { outcome, out } = await run('for i in 1 2 3 4 5 6; do perl -e \'my @a; push @a, "x" x (1 << 20) for 1 .. 60; sleep 20; print "HELD\\n"\' & done; wait', { limits: { memoryBytes: 128 << 20 } });

      expect(outcome).toMatchObject({ limit: 'memory' });
      expect(out).not.toContain('HELD');
    });

    test('gets no more processes than it may have', async () => {
      const { outcome, out } = await run("perl -e 'my $n = 0; for (1 .. 60) { my $p = fork; last unless defined $p; if (!$p) { sleep 20; exit } $n++ } print $n; sleep 1'", { limits: { pids: 16 } });

      expect(Number(out)).toBeLessThan(16);
      expect(outcome.limit).toBe('pids');
    });

    test('is ended when it fills the disk with many files', async () => {
      const { outcome } = await run('for i in $(seq 1 200); do head -c 1000000 /dev/zero > f$i; done; sleep 5; echo FILLED', { ...folderFor(tier), limits: { diskBytes: 8 << 20 } });

      expect(outcome).toMatchObject({ limit: 'disk' });
    });

    test('output is cut at its limit, and what came is counted', async () => {
      const { outcome, out, err } = await run('yes x | head -c 3000000; echo end >&2', { limits: { outputBytes: 100_000 } });

      expect(outcome).toMatchObject({ exit: 0, limit: 'output', outputBytes: 3_000_004 });
      expect(out.length + err.length).toBe(100_000);
    });

    test('an abort ends it at once', async () => {
      const stop = new AbortController();
      const spec = scriptSpec('echo here; sleep 60', { tier });
      const running = sandbox.run(spec, (event) => event.kind === 'output' && stop.abort(), stop.signal);

      expect(await running).toMatchObject({ exit: null, signal: 'SIGKILL', limit: null });
    });

    test('uses the folder that it was given, which is its owner’s again afterwards', async () => {
      const given = folderFor(tier);
      const { uid } = statSync(given.workdir);

      const { outcome, out } = await run('cat in.txt; echo out > out.txt; chmod +x out.txt; touch -d 2001-02-03 out.txt; pwd', given);

      expect({ outcome, out }).toMatchObject({ outcome: { exit: 0 }, out: `before\n${given.workdir}\n` });
      const made = statSync(join(given.workdir, 'out.txt'));
      expect({ uid: made.uid, executable: (made.mode & 0o100) !== 0, year: made.mtime.getFullYear() }).toEqual({ uid, executable: true, year: 2001 });
    });

    test('cannot read, write, list or touch what it was not given', async () => {
      const outside = folderFor(tier).workdir;

      const { out } = await run(`cat ${outside}/in.txt; echo x > ${outside}/in.txt; ls ${outside}; touch -d 2001-02-03 ${outside}/in.txt; chmod 777 ${outside}/in.txt; rm -f ${outside}/in.txt; true`);

      expect(out).toBe('');
      expect(readFileSync(join(outside, 'in.txt'), 'utf8')).toBe('before\n');
      expect(statSync(join(outside, 'in.txt')).mode & 0o777).toBe(0o644);
      expect(statSync(join(outside, 'in.txt')).mtime.getFullYear()).toBeGreaterThan(2020);
    });

    test('reaches what its list names, through the proxy that it is told of, and nothing beside', async () => {
      const server = createServer((_, response) => response.end('welcome\n')).listen(0, '127.0.0.1');
      const { port } = await new Promise<AddressInfo>((resolve) => server.once('listening', () => resolve(server.address() as AddressInfo)));
      const get = `curl -sS -m 10 http://127.0.0.1:${port}/`;

      const allowed = await run(`${get}; ${get} --noproxy '*'; ${get} -x socks5h://127.0.0.1:3128`, { network: [`127.0.0.1:${port}`] });
      const other = await run(`${get}`, { network: ['127.0.0.1:1'] });
      const none = await run(`${get}; ${get} -x http://127.0.0.1:3128`);
      server.close();

      expect(allowed.out).toBe('welcome\nwelcome\n');
      expect(other.out).toMatch(/refused by the sandbox/);
      expect(none.out).toBe('');
    });
  });
}

test.skipIf(!sandbox.proofs.some(({ tier, holds }) => tier === 2 && holds))('tier 2 holds with the Landlock of older kernels too, and signals stay inside', async () => {
  const old = await openTestSandbox({ prove: 2, landlockAtMost: 4 });

  const { out } = await runToEnd(old, scriptSpec('sleep 30 & kill -9 $!; wait $!; echo $?; kill -0 $PPID || echo kept'));
  await old.close();

  expect(old.proofs).toMatchObject([{ tier: 2, holds: true }]);
  expect(out).toBe('137\nkept\n');
});

test('a folder of the system is not given to a step', async () => {
  await expect(runToEnd(sandbox, scriptSpec('true', { workdir: '/etc' }))).rejects.toMatchObject({ code: sandbox.proofs.some(({ holds }) => holds) ? 'sandbox-folder' : 'sandbox-unavailable' });
});

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A folder with a file, of the user that runs this. */
function folderFor(tier: number): { readonly workdir: string } {
  const base = mkdtempSync(join(tmpdir(), `dd0c-given-${tier}-`));
  made.push(base);
  const workdir = join(base, 'work');
  mkdirSync(workdir, { mode: 0o755 });
  writeFileSync(join(workdir, 'in.txt'), 'before\n', { mode: 0o644 });
  chmodSync(base, 0o755); // the user of the step has to get through
  return { workdir };
}
