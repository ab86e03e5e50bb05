import { readdirSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scanAll } from '#agent/scan-all.ts';
import { createTerraformScanner } from '#agent/scan/terraform/terraform-scanner.ts';
import { makeFolder } from '#test/harness/folder.ts';
import { scanOne } from '#test/harness/terraform.ts';
import { fingerprintOfFolder, onPath, quietEnvironment, terraform } from '#test/harness/terraform-program.ts';
import { toolProgram } from '#test/harness/tools.ts';
import { createStages } from '#test/unit/agent/stages.ts';

const live = { side: 'live' } as const;
const missing = onPath('terraform') === undefined ? ' [not run: terraform on PATH]' : '';

/** Of runs that somebody killed here before, or that go on beside this one. */
const others = plans();

/** What plans of this file have left in the temporary folder. */
function leftovers(): readonly string[] {
  return plans().filter((name) => !others.includes(name));
}

function plans(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('dd0c-plan-'));
}

describe.skipIf(missing !== '')(`a folder that terraform plans${missing}`, () => {
  const env = quietEnvironment('/dev/null');
  const code = `
    variable "password" {
      default   = "hunter2hunter2"
      sensitive = true
    }
    module "m" { source = "../modules/m" }
    resource "terraform_data" "a" {
      input = { name = "x", password = var.password }
      lifecycle { ignore_changes = [triggers_replace] }
    }
    resource "terraform_data" "b" {
      for_each = toset(["p", "q"])
      input    = "\${each.key} of \${terraform_data.a.id}"
    }
  `;

  async function applied(): Promise<string> {
    const root = await makeFolder({ 'stack/main.tf': code, 'modules/m/main.tf': 'resource "terraform_data" "c" {\n  count = 2\n  input = file("${path.module}/text.txt")\n}\n', 'modules/m/text.txt': 'text' });
    await terraform(join(root, 'stack'), ['init', '-input=false'], env);
    await terraform(join(root, 'stack'), ['apply', '-auto-approve', '-input=false'], env);
    return join(root, 'stack');
  }

  test('is seen from all three sides, and nothing of it is written', async () => {
    const folder = await applied();
    await writeFile(join(folder, 'main.tf'), code.replace('name = "x"', 'name = "y"').replace('["p", "q"]', '["p", "r"]'));
    const before = fingerprintOfFolder(join(folder, '..'));

    const { stack, sightings, gaps } = await scanOne(folder, { against: live, env });

    expect(fingerprintOfFolder(join(folder, '..'))).toBe(before);
    expect(leftovers()).toEqual([]);
    expect([stack.against, stack.id === null, stack.serial === null, gaps]).toEqual(['live', false, false, []]);
    const name = (side: unknown): unknown => JSON.stringify(side)?.match(/"name":"(.)"/)?.[1];
    const seen = sightings.map(({ address, sides: { recorded, live: now, code: wanted } }) => [address, name(recorded), name(now), name(wanted), wanted === null, recorded === null]);
    expect(seen.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))).toEqual([
      ['module.m.terraform_data.c[0]', undefined, undefined, undefined, false, false],
      ['module.m.terraform_data.c[1]', undefined, undefined, undefined, false, false],
      ['terraform_data.a', 'x', 'x', 'y', false, false],
      ['terraform_data.b["p"]', undefined, undefined, undefined, false, false],
      ['terraform_data.b["q"]', undefined, undefined, undefined, true, false],
      ['terraform_data.b["r"]', undefined, undefined, undefined, false, true],
    ]);
    expect(sightings.find(({ address }) => address === 'terraform_data.a')).toMatchObject({ ignored: [['triggers_replace']], sides: { code: { sensitive: [['input', 'password']] } } });
  });

  test('has the same identity as when its code alone is compared', async () => {
    const folder = await applied();

    const [planned, compared] = [await scanOne(folder, { against: live, env }), await scanOne(folder, { env })];

    expect(planned.stack.id).toBe(compared.stack.id);
    expect(planned.sightings.map(({ address }) => address).sort()).toEqual(compared.sightings.map(({ address }) => address).sort());
  });

  test('is told as ever when others are planned beside it, each of which has to be initialised', async () => {
    const root = await makeFolder(Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`${name}/main.tf`, `resource "terraform_data" "${name}" {\n  input = "x"\n}\n`])));
    const told = async (atOnce: number): Promise<unknown> => {
      const scan = { scanners: [createTerraformScanner()], options: { against: live, timeoutMs: 60_000, env }, stages: createStages(), atOnce };
      const events = await Array.fromAsync(scanAll([root], scan, AbortSignal.timeout(60_000)));
      return events.flatMap((event) => (event.kind === 'report' ? [[event.report.id, event.report.error, event.report.findings.map(({ address, change }) => `${address} ${change}`)]] : []));
    };

    const together = await told(4);

    expect(together).toEqual(['a', 'b', 'c', 'd'].map((name) => [name, null, [`terraform_data.${name} missing`]]));
    expect(await told(1)).toEqual(together);
    expect(leftovers()).toEqual([]);
  });

  test('needs no init of its owner', async () => {
    const folder = await makeFolder({ 'main.tf': 'resource "terraform_data" "a" {}\n' });

    const { stack, sightings } = await scanOne(folder, { against: live, env });

    expect([stack.lineage, sightings.map(({ address, sides }) => [address, sides.recorded, sides.live, sides.code === null])]).toEqual([null, [['terraform_data.a', null, null, false]]]);
    expect(readdirSync(folder)).toEqual(['main.tf']);
  });

  test('is planned in the workspace that is chosen there', async () => {
    const folder = await makeFolder({ 'main.tf': 'resource "terraform_data" "a" {\n  input = terraform.workspace\n}\n' });
    await terraform(folder, ['workspace', 'new', 'prod'], env);
    await terraform(folder, ['apply', '-auto-approve', '-input=false'], env);

    const { sightings } = await scanOne(folder, { against: live, env });

    expect(sightings).toMatchObject([{ address: 'terraform_data.a', sides: { live: { values: { input: 'prod' } }, code: { values: { input: 'prod' } } } }]);
  });

  test('that cannot be planned is refused with what terraform said, not with what variables hold', async () => {
    const folder = await makeFolder({ 'main.tf': 'variable "password" {\n  default = "hunter2hunter2"\n}\nresource "terraform_data" "a" {\n  input = tonumber(var.password)\n}\n' });

    const scanning = scanOne(folder, { against: live, env });

    await expect(scanning).rejects.toMatchObject({ code: 'live-failed', facts: { stage: 'plan', reason: expect.stringMatching(/terraform_data\.a: Invalid function argument|Invalid function argument/) } });
    await expect(scanning).rejects.not.toMatchObject({ message: expect.stringContaining('hunter2') });
    expect(leftovers()).toEqual([]);
  });

  test('whose provider is nowhere to be had is refused with the stage at which that showed', async () => {
    const folder = await makeFolder({ 'main.tf': 'terraform {\n  required_providers {\n    nothing = { source = "example.invalid/no/such" }\n  }\n}\nresource "nothing" "a" {}\n' });
    const mirror = await makeFolder({ 'rc': 'provider_installation {\n  filesystem_mirror {\n    path = "/nowhere"\n  }\n}\n' });

    await expect(scanOne(folder, { against: live, env: { ...env, TF_CLI_CONFIG_FILE: join(mirror, 'rc') } })).rejects.toMatchObject({ code: 'live-failed', facts: { stage: 'init' } });
  });

  test('for which no program is there says so', async () => {
    const folder = await makeFolder({ 'main.tf': '' });

    await expect(scanOne(folder, { against: live, env: { PATH: '/nowhere' } })).rejects.toMatchObject({ code: 'live-unavailable' });
  });
});

const tofu = toolProgram('tofu');

describe.skipIf(tofu.path === null)(`a folder whose state OpenTofu encrypts${tofu.reason}`, () => {
  const code = `
    terraform {
      encryption {
        key_provider "pbkdf2" "main" {
          passphrase = "correct horse battery staple"
        }
        method "aes_gcm" "main" {
          keys = key_provider.pbkdf2.main
        }
        state {
          method = method.aes_gcm.main
        }
        plan {
          method = method.aes_gcm.main
        }
      }
    }
    resource "terraform_data" "a" {
      input = "x"
    }
  `;

  test('cannot be read from the file, but is planned by tofu, which has the key', { timeout: 120_000 }, async () => {
    const program = tofu.path ?? 'tofu';
    const env = { ...quietEnvironment('/dev/null'), PATH: [dirname(program), process.env['PATH']].join(delimiter) };
    const folder = await makeFolder({ 'main.tf': code });
    await terraform(folder, ['init', '-input=false'], env, program);
    await terraform(folder, ['apply', '-auto-approve', '-input=false'], env, program);
    expect(await readFile(join(folder, 'terraform.tfstate'), 'utf8')).toMatch(/encrypted_data/);
    await writeFile(join(folder, 'main.tf'), code.replace('input = "x"', 'input = "y"'));

    await expect(scanOne(folder, { env })).rejects.toMatchObject({ code: 'state-encrypted' });
    const { stack, sightings } = await scanOne(folder, { against: live, env });

    expect(stack.lineage).not.toBeNull();
    expect(sightings).toMatchObject([{ address: 'terraform_data.a', sides: { recorded: { values: { input: 'x' } }, live: { values: { input: 'x' } }, code: { values: { input: 'y' } } } }]);
  });
});

describe('a program that does not end', () => {
  test('is ended with everything that it started when its time is up', async () => {
    const tools = await makeFolder({ 'terraform': '#!/bin/sh\nsleep 1000 &\necho $! > "$PID_FILE"\ntrap "" TERM\nwait\nsleep 1000\n' });
    await chmod(join(tools, 'terraform'), 0o755);
    const folder = await makeFolder({ 'main.tf': '' });
    const pidFile = join(tools, 'pid');

    const scanning = scanOne(folder, { against: live, timeoutMs: 500, env: { PATH: `${tools}:/usr/bin:/bin`, PID_FILE: pidFile } });

    await expect(scanning).rejects.toMatchObject({ code: 'live-timeout' });
    const pid = Number(await readFile(pidFile, 'utf8'));
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(leftovers()).toEqual([]);
  });

  test('sees the environment of its caller, but for logs that would show values', async () => {
    const tools = await makeFolder({ 'terraform': '#!/bin/sh\nenv > "$ENV_FILE"\necho "Error: no" >&2\nexit 1\n' });
    await chmod(join(tools, 'terraform'), 0o755);
    const folder = await makeFolder({ 'main.tf': '' });
    await mkdir(join(tools, 'out'));

    const scanning = scanOne(folder, { against: live, env: { PATH: `${tools}:/usr/bin:/bin`, ENV_FILE: join(tools, 'out/env'), AWS_PROFILE: 'mine', TF_LOG: 'TRACE', TF_LOG_PATH: '/x', TF_VAR_a: 'b' } });

    await expect(scanning).rejects.toMatchObject({ code: 'live-failed', facts: { reason: 'Error: no' } });
    const seen = await readFile(join(tools, 'out/env'), 'utf8');
    expect(seen).toContain('AWS_PROFILE=mine');
    expect(seen).toContain('TF_VAR_a=b');
    expect(seen).not.toMatch(/^TF_LOG/m);
  });
});
