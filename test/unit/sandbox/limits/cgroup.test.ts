import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCgroups } from '#sandbox/limits/cgroup.ts';

const limits = { timeoutMs: 1000, memoryBytes: 1 << 28, pids: 32, diskBytes: 1 << 20, outputBytes: 1 << 20 };

test('the first version: one group in each hierarchy, below the agent’s own', () => {
  const base = mkdtempSync(join(tmpdir(), 'dd0c-cgroup-'));
  for (const folder of ['memory/svc', 'pids']) mkdirSync(join(base, folder), { recursive: true });
  const mounts = `30 24 0:26 / ${base}/memory rw - cgroup cgroup rw,memory\n31 24 0:27 / ${base}/pids rw - cgroup cgroup rw,pids\n`;

  const group = openCgroups({ mounts, own: '9:memory:/svc\n8:pids:/\n0::/\n' })?.create('step-1');
  group?.limit(limits);

  expect(readFileSync(join(base, 'memory/svc/step-1/memory.limit_in_bytes'), 'utf8')).toBe(String(1 << 28));
  expect(readFileSync(join(base, 'pids/step-1/pids.max'), 'utf8')).toBe('32');
  expect(group?.reached()).toBeNull();
  writeFileSync(join(base, 'pids/step-1/pids.events'), 'max 3\n');
  expect(group?.reached()).toBe('pids');
  writeFileSync(join(base, 'memory/svc/step-1/memory.oom_control'), 'oom_kill_disable 0\nunder_oom 0\noom_kill 1\n');
  expect(group?.reached()).toBe('memory');
});

test('the second version: one group, killed at once', () => {
  const base = mkdtempSync(join(tmpdir(), 'dd0c-cgroup-'));
  mkdirSync(join(base, 'agent.service'));
  writeFileSync(join(base, 'agent.service/cgroup.subtree_control'), 'cpu memory pids\n');
  const mounts = `30 24 0:26 / ${base} rw - cgroup2 cgroup2 rw\n`;

  const found = openCgroups({ mounts, own: '0::/agent.service\n' });
  const group = found?.create('step-1');
  group?.limit(limits);
  group?.kill();

  expect(found?.version).toBe(2);
  expect(readFileSync(join(base, 'agent.service/step-1/memory.max'), 'utf8')).toBe(String(1 << 28));
  expect(readFileSync(join(base, 'agent.service/step-1/cgroup.kill'), 'utf8')).toBe('1');
});

test('where nothing is delegated there are none', () => {
  expect(openCgroups({ mounts: '', own: '0::/\n' })).toBeNull();
  expect(openCgroups({ mounts: '30 24 0:26 / /nonexistent rw - cgroup2 cgroup2 rw\n', own: '0::/\n' })).toBeNull();
});

test('of a namespace of its own, what is mounted is what is used', () => {
  const base = mkdtempSync(join(tmpdir(), 'dd0c-cgroup-'));
  writeFileSync(join(base, 'cgroup.subtree_control'), 'memory pids');

  openCgroups({ mounts: `30 24 0:26 /kubepods/x ${base} rw - cgroup2 cgroup2 rw\n`, own: '0::/kubepods/x\n' })?.create('step').limit(limits);

  expect(existsSync(join(base, 'step', 'pids.max'))).toBe(true);
});

test('empty groups of an agent that is gone are removed, those of one that lives stay', () => {
  const base = mkdtempSync(join(tmpdir(), 'dd0c-cgroup-'));
  writeFileSync(join(base, 'cgroup.subtree_control'), 'memory pids');
  for (const name of ['dd0c-step-4194304-7', `dd0c-step-${process.pid}-7`, 'others']) mkdirSync(join(base, name));

  openCgroups({ mounts: `30 24 0:26 / ${base} rw - cgroup2 cgroup2 rw\n`, own: '0::/\n' });

  expect(readdirSync(base).toSorted()).toEqual(['cgroup.subtree_control', `dd0c-step-${process.pid}-7`, 'others']);
});
