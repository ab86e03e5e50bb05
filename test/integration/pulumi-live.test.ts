import { existsSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Finding } from '#proto/domain/finding.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { scanStack } from '#agent/pipeline.ts';
import { createPulumiScanner } from '#agent/scan/pulumi/pulumi-scanner.ts';
import { makeFolder } from '#test/harness/folder.ts';
import { fingerprintOfFolder } from '#test/harness/terraform-program.ts';
import { toolProgram } from '#test/harness/tools.ts';
import { createStages } from '#test/unit/agent/stages.ts';

const Export = z.object({ deployment: z.looseObject({}) });

const pulumi = toolProgram('pulumi');
const { signal } = new AbortController();

/** A secret as checkpoints and providers write it in clear: its text is JSON where it is imported. */
const mark = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270' };
const secret = (value: string): object => ({ ...mark, plaintext: JSON.stringify(value) });
const liveSecret = (value: string): object => ({ ...mark, value });

/** What was recorded, by id. */
const recorded: Readonly<Record<string, object>> = {
  'web-1': { size: 1, tags: { team: 'shop', env: 'prod' }, open: false },
  'bucket-1': { public: false, policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject"],"Principal":"*","Resource":"*"}]}' },
  'db-1': { engine: 'postgres', password: secret('first-of-its-kind') },
  'db-2': { engine: 'postgres', password: secret('never-touched-one') },
  'gone-1': { size: 2 },
  'calm-1': { size: 3, zones: ['a', 'b'] },
};

/** What there is: sizes and tags changed by hand, a password rotated, one thing deleted, a policy in other words. */
const world: Readonly<Record<string, object>> = {
  'web-1': { size: 4, tags: { team: 'nobody', env: 'prod' }, open: false },
  'bucket-1': { public: false, policy: '{"Statement":{"Resource":"*","Principal":{"AWS":"*"},"Action":"s3:GetObject","Effect":"Allow"},"Version":"2012-10-17"}' },
  'db-1': { engine: 'postgres', password: liveSecret('second-of-its-kind') },
  'db-2': { engine: 'postgres', password: liveSecret('never-touched-one') },
  'calm-1': { size: 3, zones: ['a', 'b'] },
};

/** What the program asks for: sizes and tags moved on, a policy in other words, a secret rotated, a thing more and one less. */
const program = {
  resources: Object.entries({
    'web-1': { size: 4, tags: { env: 'prod' } },
    'bucket-1': world['bucket-1'] ?? {},
    'db-1': { engine: 'postgres', password: liveSecret('second-of-its-kind') },
    'db-2': { engine: 'postgres', password: liveSecret('never-touched-one') },
    'calm-1': { size: 3, zones: ['a', 'b'] },
    'new-1': { size: 1 },
  }).map(([name, inputs]) => ({ name, type: 'world:index:Thing', inputs })),
};

describe.skipIf(pulumi.path === null)(`Pulumi's own engine with a provider of its own${pulumi.reason}`, () => {
  test('finds what was changed, deleted and hidden, and nothing else; nothing is written', { timeout: 60_000 }, async () => {
    const stack = await deploy(pulumi.path ?? 'pulumi');
    const before = fingerprintOfFolder(join(stack.project, 'state'));

    const { findings, ledger, error, against } = await scan(stack, 'live');

    expect(fingerprintOfFolder(join(stack.project, 'state'))).toBe(before);
    expect([error, against, ledger.checked, ledger.gaps]).toEqual([null, 'live', 6, []]);
    expect(findings.filter(({ noise }) => !noise).map(lineOf)).toEqual([
      'db-1 modified live_changed password',
      'gone-1 missing live_changed ',
      'web-1 modified live_changed size tags.team',
    ]);
    expect(findings.filter(({ noise }) => noise).map(({ address }) => nameOf(address))).toEqual(['bucket-1']);
    expect(JSON.stringify(findings)).not.toMatch(/of-its-kind|never-touched/);

    const recordedOnly = await scan(stack, 'best'); // the local backend as it lies there: the program and the record agree
    expect([recordedOnly.error, recordedOnly.against, recordedOnly.ledger.checked]).toEqual([null, 'inputs', 6]);
    expect(recordedOnly.findings.filter(({ noise }) => !noise)).toEqual([]);
  });

  test('a resource that its provider cannot read hides no other', { timeout: 60_000 }, async () => {
    const stack = await deploy(pulumi.path ?? 'pulumi');
    await writeFile(join(stack.project, 'world/world.json'), JSON.stringify({ ...world, 'bucket-1': { fails: 'AccessDenied' } }));

    const { findings, ledger, error } = await scan(stack, 'live');

    expect([error, ledger.checked]).toEqual([null, 5]);
    expect(findings.map(({ address }) => nameOf(address))).toEqual(['db-1', 'gone-1', 'web-1']);
    expect(ledger.gaps.map(({ address, state, reason }) => [nameOf(address), state, reason.includes('AccessDenied')])).toEqual([['bucket-1', 'unreadable', true], ['*', 'unreadable', false]]);
  });
});

describe.skipIf(pulumi.path === null)(`a preview by Pulumi's own engine, with a language and a provider of its own${pulumi.reason}`, () => {
  test('finds what the program asks for and was never applied, and nothing else; nothing is written', { timeout: 60_000 }, async () => {
    const stack = await deploy(pulumi.path ?? 'pulumi', program);
    const before = fingerprintOfFolder(join(stack.project, 'state'));

    const { findings, ledger, error, against } = await scan(stack, 'code');

    expect(fingerprintOfFolder(join(stack.project, 'state'))).toBe(before);
    expect([error, against, ledger.checked, ledger.gaps]).toEqual([null, 'code', 7, []]);
    expect(findings.filter(({ noise }) => !noise).map(lineOf)).toEqual([
      'db-1 modified not_applied password',
      'gone-1 extra not_applied ',
      'new-1 missing not_applied ',
      'web-1 modified not_applied open size tags.team',
    ]);
    expect(findings.filter(({ noise }) => noise).map(({ address }) => nameOf(address))).toEqual(['bucket-1']);
    expect(JSON.stringify(findings)).not.toMatch(/of-its-kind|never-touched/);
  });

  test('runs the program only where it is asked for', { timeout: 60_000 }, async () => {
    const stack = await deploy(pulumi.path ?? 'pulumi', program);
    const ran = async (side: 'live' | 'best' | 'code'): Promise<boolean> => {
      const marker = join(stack.project, 'home', side);
      await scan({ ...stack, env: { ...stack.env, DD0C_RAN: marker } }, side);
      return existsSync(marker);
    };

    expect([await ran('best'), await ran('live'), await ran('code')]).toEqual([false, false, true]);
  });

  test('a program that breaks is one error with its own words', { timeout: 60_000 }, async () => {
    const stack = await deploy(pulumi.path ?? 'pulumi', { ...program, fails: 'no such region' });

    const { error, findings } = await scan(stack, 'code');

    expect(error).toMatchObject({ code: 'live-failed', message: expect.stringContaining('no such region') });
    expect(findings).toEqual([]);
  });

  test('a language that is not installed is named', { timeout: 60_000 }, async () => {
    const stack = await deploy(pulumi.path ?? 'pulumi', program, 'dd0cmissing');

    const { error } = await scan(stack, 'code');

    expect(error).toMatchObject({ code: 'live-unavailable', message: expect.stringMatching(/dd0cmissing/) });
  });

  test('a program that does not end is ended at the time limit', { timeout: 60_000 }, async () => {
    const stack = await deploy(pulumi.path ?? 'pulumi', { ...program, hangs: true });

    const { error } = await scan(stack, 'code', 4_000);

    expect(error).toMatchObject({ code: 'live-timeout' });
  });
});

test('without the CLI a preview is told as unavailable, and what to do', async () => {
  const project = await makeFolder({ 'Pulumi.yaml': 'name: shop\nruntime: yaml\n' });

  const { error } = await scan({ project, env: { PATH: '/nowhere' } }, 'code');

  expect(error).toMatchObject({ code: 'live-unavailable', message: expect.stringContaining('pulumi') });
});

async function scan({ project, env }: Deployed, side: 'live' | 'best' | 'code', timeoutMs = 45_000): Promise<StackReport> {
  const scanner = createPulumiScanner();
  const [target] = await scanner.find(project, signal);
  if (target === undefined) throw new Error('no project was found');
  return await scanStack(target, { scanner, options: { against: { side }, timeoutMs, env }, stages: createStages() }, signal);
}

interface Deployed {
  readonly project: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

function nameOf(address: string): string {
  return address.split('::').at(-1) ?? '';
}

function lineOf({ address, change, cause, properties }: Finding): string {
  return `${nameOf(address)} ${change} ${cause} ${properties.filter(({ noise }) => noise === null).map(({ path }) => path).join(' ')}`;
}

/** A stack in a local backend, as an update would have left it. */
async function deploy(cli: string, asked: object = {}, language = 'dd0ctest'): Promise<Deployed> {
  const project = await makeFolder({
    'Pulumi.yaml': `name: shop\nruntime: ${language}\n`,
    'program.json': JSON.stringify(asked),
    'world/world.json': JSON.stringify(world),
    'bin/pulumi-resource-world': startOf('provider'),
    'bin/pulumi-language-dd0ctest': startOf('language'),
    'state/.keep': '',
    'home/.keep': '',
  });
  for (const plugin of ['pulumi-resource-world', 'pulumi-language-dd0ctest']) await chmod(join(project, 'bin', plugin), 0o755);
  const env = {
    PATH: [join(project, 'bin'), dirname(cli), process.env['PATH']].join(':'), HOME: join(project, 'home'),
    DD0C_WORLD: join(project, 'world/world.json'), PULUMI_BACKEND_URL: `file://${join(project, 'state')}`, PULUMI_CONFIG_PASSPHRASE: 'pass', PULUMI_HOME: join(project, 'home'),
    PULUMI_SKIP_UPDATE_CHECK: '1', PULUMI_STACK: 'dev', PULUMI_DIY_BACKEND_RETAIN_CHECKPOINTS: 'false',
  };
  const run = async (...args: string[]): Promise<string> => (await execa(cli, [...args, '--non-interactive'], { cwd: project, env, extendEnv: false, stdin: 'ignore' })).stdout;
  await run('stack', 'init', 'dev');
  const { deployment } = Export.parse(JSON.parse(await run('stack', 'export'))); // it holds the stack's secrets provider
  await writeFile(join(project, 'home/export.json'), JSON.stringify({ version: 3, deployment: { ...deployment, resources: resources() } }));
  await run('stack', 'import', '--file', join(project, 'home/export.json'));
  expect(await readFile(join(project, 'state/.pulumi/stacks/shop/dev.json'), 'utf8')).not.toMatch(/of-its-kind/);
  return { project, env };
}

function startOf(plugin: 'provider' | 'language'): string {
  return `#!/bin/sh\nexec '${process.execPath}' '${resolve(import.meta.dirname, `../harness/pulumi-world/${plugin}.ts`)}' "$@"\n`;
}

function resources(): readonly object[] {
  const stack = 'urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev';
  const provider = 'urn:pulumi:dev::shop::pulumi:providers:world::default';
  return [
    { urn: stack, custom: false, type: 'pulumi:pulumi:Stack' },
    { urn: provider, custom: true, id: 'provider-1', type: 'pulumi:providers:world', inputs: {}, outputs: {} },
    ...Object.entries(recorded).map(([id, properties]) => ({
      urn: `urn:pulumi:dev::shop::world:index:Thing::${id}`, custom: true, id, type: 'world:index:Thing', inputs: properties, outputs: properties, parent: stack, provider: `${provider}::provider-1`,
    })),
  ];
}
