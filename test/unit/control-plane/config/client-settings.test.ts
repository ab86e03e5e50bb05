import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ClientOptions, type ClientSettings, readClientSettings } from '#control-plane/config/client-settings.ts';

const local = 'http://127.0.0.1:7330';
let cwd = '';

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'dd0c-settings-'));
});

afterEach(() => {
  rmSync(cwd, { recursive: true });
});

function settings(options: ClientOptions, env: Record<string, string> = {}, standardInput = ''): Promise<ClientSettings> {
  return readClientSettings(options, { env: { HOME: cwd, ...env }, cwd, readStandardInput: async () => standardInput });
}

function runServerHere(): void {
  mkdirSync(join(cwd, '.dd0c'));
  writeFileSync(join(cwd, '.dd0c', 'server.json'), JSON.stringify({ http: local, pid: 1 }));
  writeFileSync(join(cwd, '.dd0c', 'admin-token'), 'local-token\n');
}

function writeProfiles(text: string): void {
  mkdirSync(join(cwd, '.config', 'dd0c'), { recursive: true });
  writeFileSync(join(cwd, '.config', 'dd0c', 'profiles.yaml'), text);
}

test('in the folder of a running server nothing needs to be said', async () => {
  runServerHere();

  expect(await settings({})).toEqual({ server: local, token: 'local-token' });
});

test('the token of a running server is never sent to another one', async () => {
  runServerHere();

  await expect(settings({ server: 'https://elsewhere.example' })).rejects.toMatchObject({ code: 'api-token-unnamed' });
});

test('options win over the environment, and the environment over the running server', async () => {
  runServerHere();
  writeFileSync(join(cwd, 'token'), 'file-token');

  expect(await settings({}, { DD0C_SERVER: 'https://env.example', DD0C_TOKEN: 'env-token' })).toEqual({ server: 'https://env.example', token: 'env-token' });
  expect(await settings({ server: 'https://option.example/', tokenFile: 'token' }, { DD0C_SERVER: 'https://env.example', DD0C_TOKEN: 'env-token' })).toEqual({
    server: 'https://option.example',
    token: 'file-token',
  });
});

test('a profile names server and token file, which is looked for beside it', async () => {
  writeProfiles('prod: { server: "https://prod.example", tokenFile: prod.token }\n');
  writeFileSync(join(cwd, '.config', 'dd0c', 'prod.token'), 'prod-token\n');

  expect(await settings({ profile: 'prod' }, { DD0C_SERVER: 'https://env.example' })).toEqual({ server: 'https://prod.example', token: 'prod-token' });
  expect(await settings({}, { DD0C_PROFILE: 'prod' })).toEqual({ server: 'https://prod.example', token: 'prod-token' });
});

test('a token may come on standard input', async () => {
  expect(await settings({ server: local, tokenFile: '-' }, {}, ' piped-token\n')).toEqual({ server: local, token: 'piped-token' });
});

test.each([
  ['no server anywhere', {}, {}, 'server-unnamed'],
  ['a server without a token', { server: local }, {}, 'api-token-unnamed'],
  ['a token file that is not there', { server: local, tokenFile: 'nowhere' }, {}, 'api-token-unreadable'],
  ['a token with a space in it', { server: local }, { DD0C_TOKEN: 'a b' }, 'api-token-unreadable'],
  ['a server that is not an address', { server: 'localhost:80' }, {}, 'usage'],
  ['a profile where there are none', { profile: 'prod' }, {}, 'profile-unknown'],
])('%s is told by name', async (_case, options, env, code) => {
  await expect(settings(options, env)).rejects.toMatchObject({ code });
});

test.each([
  ['prod: [', 'profile-unreadable'],
  ['prod: { url: x }', 'profile-unreadable'],
  ['other: { server: "https://x.example" }', 'profile-unknown'],
  ['other: { server: "https://x.example" }\nconstructor: 1', 'profile-unreadable'],
])('profiles that say %j are refused by name', async (text, code) => {
  writeProfiles(text);

  await expect(settings({ profile: 'prod' })).rejects.toMatchObject({ code });
});

test('a notice that is half written counts as no server', async () => {
  mkdirSync(join(cwd, '.dd0c'));
  writeFileSync(join(cwd, '.dd0c', 'server.json'), '{"http":');

  await expect(settings({})).rejects.toMatchObject({ code: 'server-unnamed' });
});
