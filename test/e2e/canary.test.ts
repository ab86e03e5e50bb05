import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { runToEnd, type ServerProcess, startServer } from '#test/harness/server-process.ts';

/** Holds what every encoding treats in its own way: quotes, brackets, a blank, a plus, a backslash. */
const canary = `Zq"${randomBytes(9).toString('base64url')}'<&>+ %\\${randomBytes(9).toString('base64url')}`;
/** Nothing in it would be escaped, and nothing but its mark says that it is secret. */
const plainCanary = randomBytes(18).toString('hex');
/** Several lines, as a key has. */
const lines = Array.from({ length: 4 }, () => randomBytes(24).toString('base64'));

const encodings: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
  'in JSON in JSON': (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  'in a URL': (secret) => encodeURIComponent(secret),
  'in a form': (secret) => new URLSearchParams({ s: secret }).toString().slice(2),
  'in XML': (secret) => secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
  'quoted for a shell': (secret) => secret.replaceAll("'", String.raw`'\''`),
  'in base64': (secret) => base64(secret, 0, 'base64'),
  'in base64, one byte in': (secret) => base64(secret, 1, 'base64'),
  'in base64, two bytes in': (secret) => base64(secret, 2, 'base64'),
  'in base64url': (secret) => base64(secret, 0, 'base64url'),
  'in hex': (secret) => Buffer.from(secret).toString('hex'),
  'in capital hex': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
};

const planted = Object.entries({ 'the marked password': canary, 'the plain one': plainCanary, ...Object.fromEntries(lines.map((line, index) => [`line ${index + 1} of the key`, line])) });
const needles = planted.flatMap(([what, secret]) => Object.entries(encodings).map(([how, encode]) => ({ how: `${what} ${how}`, needle: encode(secret) })));

let folder: string;
let server: ServerProcess;
const heard: Record<string, string> = {};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dd0c-canary-'));
  plant(join(folder, 'infrastructure'));
  const data = join(folder, 'server');
  server = await startServer(data);
  await enrol();
  await server.end();

  await agent('with the server gone', ['run', '--once', '--deadline', '3', join(folder, 'infrastructure')]);
  heard['the spool, which is what will be sent'] = everythingIn(join(folder, 'agent', 'spool'));
  heard['what the agent keeps of the last report'] = everythingIn(join(folder, 'agent', 'memory'));

  server = await startServer(data, { args: ['--grpc', server.ready.grpc, '--enroll', server.ready.enroll] });
  heard['the exit of the run'] = String(await agent('with the server back', ['run', '--once', join(folder, 'infrastructure')]));
  await ask();
  await server.end();
  const { out, err } = await server.output;
  heard['the log of the server'] = out + err;
  heard["the server's database"] = everythingIn(join(data, 'db'));
  for (const format of ['human', 'json', 'sarif', 'junit', 'markdown']) await agent(`scan as ${format}`, ['scan', '--show-noise', '--format', format, join(folder, 'infrastructure')]);
});

afterAll(async () => {
  await server.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('the planted resources did arrive, with placeholders in the place of what is secret', () => {
  expect(heard['the exit of the run']).toBe('0');
  expect(heard['the findings over HTTP']).toContain('aws_db_instance.orders');
  expect(heard['the findings over HTTP']).toContain('aws_instance.web');
  expect(heard['the report on plan.json over HTTP']).toMatch(/«secret:[a-z-]+:[0-9a-f]{16}»/);
});

test('no planted secret, in none of a dozen encodings, is in anything that was sent, stored, logged or printed', () => {
  const leaks = Object.entries(heard).flatMap(([where, said]) => needles.filter(({ needle }) => said.includes(needle)).map(({ how }) => `${how}: ${where}`));

  expect(needles.length).toBeGreaterThan(60);
  expect(leaks).toEqual([]);
});

/** A plan in which the secrets are marked once and stand unmarked in many places, and a file that cannot be read. */
function plant(at: string): void {
  const around = Object.fromEntries(Object.entries(encodings).map(([how, encode]) => [how, `before ${encode(canary)} after ${encode(plainCanary)}`]));
  const change = (before: object, after: object, marks: object = {}) => ({ actions: ['update'], before, after, after_unknown: {}, before_sensitive: marks, after_sensitive: marks });
  const plan = {
    format_version: '1.2',
    resource_drift: [
      drifted('aws_db_instance', 'orders', change({ password: canary, note: 'a' }, { password: plainCanary, note: 'b' }, { password: true })),
      drifted('tls_private_key', 'web', change({ pem: lines.join('\n') }, { pem: 'gone' }, { pem: true })),
      drifted('aws_instance', 'web', change({ tags: { a: 'x' }, user_data: '' }, { tags: around, user_data: Buffer.from(`#!/bin/sh\nexport X='${canary}'\n${lines.join('\n')}\n`).toString('base64') })),
      drifted('aws_ssm_parameter', 'conf', change({ value: '{}' }, { value: JSON.stringify({ deep: JSON.stringify({ deeper: canary, key: lines.join('\n') }) }) })),
    ],
    resource_changes: [],
  };
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'plan.json'), JSON.stringify(plan));
  writeFileSync(join(at, 'broken.tfstate'), `{"version": 4, "terraform_version": "1.9.0", "lineage": "x", "resources": [{"attributes": {"password": ${JSON.stringify(canary)}}, ${plainCanary}`);
}

function drifted(type: string, name: string, change: object): object {
  return { address: `${type}.${name}`, mode: 'managed', type, name, provider_name: 'registry.terraform.io/hashicorp/aws', change };
}

/** Those characters that the secret alone determines, wherever it stands in what was encoded. */
function base64(secret: string, before: number, alphabet: 'base64' | 'base64url'): string {
  const bytes = Buffer.from('x'.repeat(before) + secret);
  return bytes.toString(alphabet).slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
}

async function enrol(): Promise<void> {
  const made = await runToEnd('control-plane/cli/main.ts', ['--server', server.ready.http, '--token-file', join(folder, 'server', 'admin-token'), 'tokens', 'create', '--json']);
  const { token } = z.object({ token: z.string() }).parse(JSON.parse(made.out));
  await agent('enrolling', ['enroll', '--server', server.ready.enroll, '--ca-pin', server.ready.caPin, '--token-file', '-'], token);
}

async function ask(): Promise<void> {
  const authorization = `Bearer ${readFileSync(join(folder, 'server', 'admin-token'), 'utf8').trim()}`;
  const get = async (path: string): Promise<string> => (await fetch(server.ready.http + path, { headers: { authorization } })).text();
  heard['the findings over HTTP'] = await get('/v1/findings?noise=show&limit=100');
  heard['the metrics'] = await get('/metrics');
  const stacks = z.object({ stacks: z.array(z.object({ id: z.string() })) }).parse(JSON.parse(await get('/v1/stacks')));
  for (const { id } of stacks.stacks) heard[`the report on ${id} over HTTP`] = await get(`/v1/stacks/${encodeURIComponent(id)}/reports/latest`);
}

async function agent(when: string, args: readonly string[], input = ''): Promise<number | null> {
  const program = fileURLToPath(new URL('../../agent/main.ts', import.meta.url));
  const child = spawn(process.execPath, [program, ...args, '--data', join(folder, 'agent')], { env: { PATH: process.env['PATH'], HOME: folder }, cwd: folder });
  child.stdin.end(input);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  heard[`what the agent printed, ${when}`] = out + err;
  return child.exitCode;
}

function everythingIn(path: string): string {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n');
}
