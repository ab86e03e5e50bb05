import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runProgram } from '#agent/cli/program.ts';
import { fakeHost } from '#test/fakes/host.ts';
import { makeFolder } from '#test/harness/folder.ts';

describe('a command line that is not valid', () => {
  test.each([
    [['scan', '--fromat', 'json'], /unknown option '--fromat' \(Did you mean --format\?\)/],
    [['scna'], /unknown command 'scna' \(Did you mean scan\?\)/],
    [['scan', '--format', 'yaml'], /Allowed choices are human, json, sarif, junit, markdown/],
    [['scan', '--timeout', 'soon'], /whole seconds/],
    [['enroll', 'surplus'], /too many arguments/],
  ])('is told with what was probably meant, exit code 1: %j', async (argv, expected) => {
    const host = fakeHost();

    const exitCode = await runProgram(argv, host);

    expect(exitCode).toBe(1);
    expect(host.told.err).toMatch(/^error: .*\[usage\]\nnext: /);
    expect(host.told.err).toMatch(expected);
    expect(host.told.out).toBe('');
  });

  test('does not repeat a value that could be a secret in the wrong place', async () => {
    const host = fakeHost();

    await runProgram(['enroll', '--token=s3cr3t-value'], host);

    expect(host.told.err).not.toContain('s3cr3t');
  });
});

test.each([['--help'], ['scan --help'], ['enroll --help'], ['run --help'], ['scrub --help'], ['rules --help'], ['doctor --help']])('%s explains with examples, exit code 0', async (line) => {
  const host = fakeHost();

  const exitCode = await runProgram(line.split(' '), host);

  expect(exitCode).toBe(0);
  expect(host.told.out).toMatch(/dd0c-agent scan|Examples:/);
  expect(Math.max(...host.told.out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(130);
});

test('--version prints nothing but the version', async () => {
  const host = fakeHost();

  const exitCode = await runProgram(['--version'], host);

  expect(exitCode).toBe(0);
  expect(host.told.out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

describe('an error', () => {
  test('comes without a stack trace', async () => {
    const host = fakeHost({ cwd: await makeFolder({}) });

    const exitCode = await runProgram(['scan', '--config', 'absent.yaml'], host);

    expect(exitCode).toBe(1);
    expect(host.told.err.split('\n')).toHaveLength(3);
    expect(host.told.err).not.toContain('    at ');
  });

  test('comes with one where DD0C_DEBUG asks for it', async () => {
    const host = fakeHost({ cwd: await makeFolder({}), env: { DD0C_DEBUG: '1' } });

    await runProgram(['scan', '--config', 'absent.yaml'], host);

    expect(host.told.err).toContain('    at ');
  });
});

describe('a join token', () => {
  const server = ['--server', '127.0.0.1:1'];

  test('must come from a file, standard input or the environment', async () => {
    const host = fakeHost({ cwd: await makeFolder({}) });

    await runProgram(['enroll', ...server, '--data', await makeFolder({})], host);

    expect(host.told.err).toMatch(/\[join-token-unnamed\]/);
  });

  test.each([
    ['standard input', { input: 'not-a-token\n' }, ['--token-file', '-']],
    ['the environment', { env: { DD0C_JOIN_TOKEN: 'not-a-token' } }, []],
  ])('is read from %s', async (_, given, flags) => {
    const host = fakeHost({ cwd: await makeFolder({}), ...given });

    await runProgram(['enroll', ...server, '--data', await makeFolder({}), ...flags], host);

    expect(host.told.err).toMatch(/\[token-invalid\]/);
    expect(host.told.err).not.toContain('not-a-token');
  });

  test('that is not there is told by its file', async () => {
    const host = fakeHost({ cwd: await makeFolder({}) });

    await runProgram(['enroll', ...server, '--data', await makeFolder({}), '--token-file', 'absent'], host);

    expect(host.told.err).toMatch(/\[join-token-unreadable\]/);
  });
});

test('scrub takes standard input by the rules of dd0c.yaml', async () => {
  const cwd = await makeFolder({});
  await writeFile(join(cwd, 'dd0c.yaml'), 'version: 1\nscrub: { names: [launch_code] }\n');
  const host = fakeHost({ cwd, input: 'launch_code=Zx81Kf7q90LmPq3 and password=hunter2hunter2\n', env: { XDG_STATE_HOME: await makeFolder({}) } });

  const exitCode = await runProgram(['scrub'], host);

  expect(exitCode).toBe(0);
  expect(host.told.out).toMatch(/^launch_code=«secret:.*» and password=«secret:.*»\n$/);
});

test('a rule that is switched off under a misspelt name is an error, not a silence', async () => {
  const cwd = await makeFolder({});
  await writeFile(join(cwd, 'dd0c.yaml'), 'version: 1\nrules: { off: [tags-al] }\n');
  const host = fakeHost({ cwd });

  const exitCode = await runProgram(['scan', '.'], host);

  expect(exitCode).toBe(1);
  expect(host.told.err).toContain('did you mean tags-all?');
});
