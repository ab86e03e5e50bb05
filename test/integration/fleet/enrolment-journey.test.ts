import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runProgram } from '#agent/cli/program.ts';
import { readIdentity } from '#agent/identity/identity.ts';
import { createKeySets } from '#control-plane/fleet/joining/key-sets.ts';
import { createKubernetesAttestor } from '#control-plane/fleet/joining/kubernetes-attestor.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import { fakeHost } from '#test/fakes/host.ts';
import { makeFakeCluster } from '#test/harness/fake-cluster.ts';
import { type JoiningScene, openJoiningScene } from '#test/harness/joining.ts';

let scene: JoiningScene;
let tenant: TenantId;
let data: string;
let made: { readonly token: string; readonly command: string };

beforeAll(async () => {
  scene = await openJoiningScene((clock) => [createKubernetesAttestor({ clock, keySets: createKeySets(() => performance.now()) })]);
});

beforeEach(async () => {
  tenant = await scene.newTenant();
  data = join(scene.folder(), 'agent');
  made = await scene.fleet.tokens.createToken(tenant, {});
});

afterEach(() => scene.clean());

afterAll(() => scene.close());

describe('the command that is printed with a token', () => {
  test('holds no secret, and is whole with standard input', async () => {
    expect(made.command).not.toContain(made.token.split('.')[2]);

    expect(await enroll(printed(), { input: `${made.token}\n` })).toMatchObject({ code: 0, out: expect.stringContaining('enrolled as agent') });
    expect(readIdentity(data).tenant).toBe(tenant);
  });

  test('takes the token from a file in its place', async () => {
    const file = join(scene.folder(), 'token');
    writeFileSync(file, made.token);

    expect(await enroll(printed(file))).toMatchObject({ code: 0 });
  });

  test('takes the token from the environment where no file is named', async () => {
    expect(await enroll(printed(null), { env: { DD0C_JOIN_TOKEN: ` ${made.token}\n` } })).toMatchObject({ code: 0 });
  });

  test('never says the token, whatever goes wrong', async () => {
    await scene.fleet.tokens.revokeToken(tenant, made.token.split('.')[1] ?? '');

    const { code, out, err } = await enroll(printed(), { input: made.token });

    expect(code).toBe(1);
    expect(err).toContain('token-invalid');
    expect(out + err).not.toContain(made.token.split('.')[2]);
  });

  test('run as it is printed, shows the token to nobody who lists processes', async () => {
    const agent = spawn(process.execPath, [fileURLToPath(new URL('../../../agent/main.ts', import.meta.url)), ...printed(), '--data', data], { stdio: ['pipe', 'pipe', 'pipe'] });
    const ended = once(agent, 'exit');
    let seen = '';
    agent.stdin.write(made.token);
    for (let look = 0; look < 10 && agent.exitCode === null; look += 1) {
      if (existsSync('/proc/self/cmdline')) seen += readFileSync(`/proc/${agent.pid}/cmdline`, 'utf8') + readFileSync(`/proc/${agent.pid}/environ`, 'utf8');
      await pause(20); // whatever it does meanwhile
    }
    agent.stdin.end('\n');
    const [code]: unknown[] = await ended;

    expect(code).toBe(0);
    expect(seen).not.toContain(made.token.split('.')[2]);
    expect(readIdentity(data).tenant).toBe(tenant);
  }, 60_000);
});

describe('the command that is printed with a join policy', () => {
  test('enrols a pod, and its errors name the cause and the next step', async () => {
    const cluster = await makeFakeCluster({ issuer: 'https://cluster.example', audience: 'dd0c' });
    const policy = await scene.fleet.joins.addJoinPolicy(tenant, { name: 'shop', rule: { kind: 'kubernetes', issuer: 'https://cluster.example', audience: 'dd0c', keys: cluster.keys, serviceAccounts: ['shop/dd0c-agent'] } });
    const words = atDoor(policy.command);
    const file = join(scene.folder(), 'token');

    expect(await enroll([...words, '--kubernetes-token-file', file])).toMatchObject({ code: 1, err: expect.stringMatching(/join-evidence-missing[^]*projected token/) });
    writeFileSync(file, await cluster.token({ aud: ['https://kubernetes.default.svc'] }));
    expect(await enroll([...words, '--kubernetes-token-file', file])).toMatchObject({ code: 1, err: expect.stringMatching(/attestation-refused[^]*aud does not fit/) });
    writeFileSync(file, await cluster.token());
    expect(await enroll([...words, '--kubernetes-token-file', file])).toMatchObject({ code: 0 });
  });

  test.each([
    ['no policy', ['--join', 'aws', '--ca-pin', `sha256:${'0'.repeat(64)}`], /--policy/],
    ['no pin', ['--join', 'aws', '--policy', 'x'], /--ca-pin/],
    ['a join token beside it', ['--join', 'kubernetes', '--policy', 'x', '--token-file', '-'], /no join token/],
    ['another way than there is', ['--join', 'azure'], /azure|Allowed choices/],
  ])('is not taken with %s', async (_what, flags, reason) => {
    const { code, err } = await enroll(['enroll', '--server', scene.server.address, ...flags]);

    expect(code).toBe(1);
    expect(err).toMatch(reason);
  });
});

/** The words of the printed command, at the door of this test, with another source of the token. */
function printed(tokenFile: string | null = '-'): string[] {
  const words = atDoor(made.command);
  const at = words.indexOf('--token-file');
  expect(words[at + 1]).toBe('-');
  return words.toSpliced(at, 2, ...(tokenFile === null ? [] : ['--token-file', tokenFile]));
}

function atDoor(command: string): string[] {
  const [program, ...words] = command.split(' ');
  expect(program).toBe('dd0c-agent');
  return words.with(words.indexOf('--server') + 1, scene.server.address);
}

async function enroll(words: readonly string[], { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {}) {
  const host = fakeHost({ input, env });
  const code = await runProgram([...words, '--data', data], host);
  return { code, ...host.told };
}
