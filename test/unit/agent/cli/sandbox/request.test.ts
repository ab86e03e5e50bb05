import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { specFrom } from '#agent/cli/sandbox/request.ts';

const host = { env: { REGION: 'eu', TOKEN: 't' }, cwd: '/srv' };

test('without options a step gets a private folder, no network and the limits that are told', () => {
  expect(specFrom(['true'], {}, host)).toEqual({
    command: ['true'],
    workdir: null,
    readable: [],
    writable: [],
    env: {},
    network: [],
    limits: { timeoutMs: 300_000, memoryBytes: 1024 * 2 ** 20, pids: 256, diskBytes: 1024 * 2 ** 20, outputBytes: 10 * 2 ** 20 },
    tier: null,
  });
});

test('options are read, in the units that they name', () => {
  const spec = specFrom(['make', 'x'], { workdir: 'site', timeout: '1.5', memory: '64', pids: '8', disk: '2', outputLimit: '100', net: 'a.test:443,*.b.test:80', env: ['A=1', 'B=x=y', 'REGION'], tier: '2' }, host);

  expect(spec).toMatchObject({ workdir: '/srv/site', network: ['a.test:443', '*.b.test:80'], env: { A: '1', B: 'x=y', REGION: 'eu' }, tier: 2, limits: { timeoutMs: 1500, memoryBytes: 64 * 2 ** 20, pids: 8, diskBytes: 2 ** 21, outputBytes: 100 } });
  expect(specFrom(['x'], { net: 'none' }, host).network).toEqual([]);
});

test('options have the last word over a file', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'dd0c-spec-')), 'step.yaml');
  writeFileSync(file, 'script: echo hi\nworkdir: /srv/a\nmemory: 32\nnet: ["a.test:443"]\nenv: { A: "1" }\n');

  const spec = specFrom([], { spec: file, memory: '64', net: 'none' }, host);

  expect(spec).toMatchObject({ command: ['bash', '-c', 'echo hi'], workdir: '/srv/a', env: { A: '1' }, network: [], limits: { memoryBytes: 64 * 2 ** 20 } });
});

test.each([
  [[], {}],
  [['x'], { memory: 'much' }],
  [['x'], { timeout: '-1' }],
  [['x'], { pids: '0' }],
  [['x'], { env: ['=x'] }],
  [['x'], { env: ['NOT_SET_HERE'] }],
  [['x'], { spec: '/nonexistent/spec.yaml' }],
])('what makes no sense is refused by field: %j %j', (command, flags) => {
  expect(() => specFrom(command, flags, host)).toThrow(expect.objectContaining({ code: 'sandbox-spec-invalid' }));
});
