import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { readApproverKeyFile } from '#control-plane/config/approver-key-file.ts';
import { openSandbox } from '#sandbox/open-sandbox.ts';
import { makeCanaries } from '#test/harness/canaries.ts';
import { runToEnd, type ServerProcess, startServer } from '#test/harness/server-process.ts';
import { startTap, type Tap } from '#test/harness/wire/tap.ts';
import { readEnrolments, readStreams, type Transcript } from '#test/harness/wire/transcript.ts';

const sandbox = await openSandbox({ random: (below) => randomInt(below), now: () => performance.now(), prove: 'strongest' });
await sandbox.close();
const runsSteps = sandbox.proofs.some(({ holds }) => holds);
const canaries = makeCanaries();

let folder: string;
let server: ServerProcess;
let enrolmentTap: Tap;
let streamTap: Tap;
let enrolments: Transcript;
let streams: Transcript;
const heard: Record<string, string> = {};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dd0c-canary-'));
  chmodSync(folder, 0o755); // a step runs as another user where the agent is root
  mkdirSync(join(folder, 'tmp'));
  chmodSync(join(folder, 'tmp'), 0o1777);
  plant(join(folder, 'infrastructure'));
  const data = join(folder, 'server');
  server = await startServer(data);
  enrolmentTap = await startTap(() => server.ready.enroll);
  streamTap = await startTap(() => server.ready.grpc);
  await enrol();
  await server.end();

  await agent('with the server gone', ['run', '--once', '--deadline', '3', join(folder, 'infrastructure')]);
  heard['the spool, which is what will be sent'] = everythingIn(join(folder, 'agent', 'spool'));
  heard['what the agent keeps of the last report'] = everythingIn(join(folder, 'agent', 'memory'));

  server = await startServer(data, { args: ['--grpc', server.ready.grpc, '--enroll', server.ready.enroll] });
  heard['the exit of the run'] = String(await agent('with the server back', ['run', '--once', join(folder, 'infrastructure')]));
  await serve();
  await ask();
  await server.end();
  const { out, err } = await server.output;
  heard['the log of the server'] = out + err;
  heard["the server's database"] = everythingIn(join(data, 'db'));
  heard['the journal of steps'] = runsSteps ? everythingIn(join(folder, 'agent', 'journal')) : '';
  for (const format of ['human', 'json', 'sarif', 'junit', 'markdown']) await agent(`scan as ${format}`, ['scan', '--show-noise', '--format', format, join(folder, 'infrastructure')]);
  await agent('scan, explained', ['scan', '--explain', 'aws_instance.web', join(folder, 'infrastructure')]);
  await agent('looking at itself', ['doctor']);

  const keyLog = readFileSync(join(folder, 'tls.keys'), 'utf8');
  enrolments = await readEnrolments(enrolmentTap.overheard(), keyLog);
  streams = await readStreams(streamTap.overheard(), keyLog);
}, 600_000);

afterAll(async () => {
  await server.end('SIGKILL');
  enrolmentTap.close();
  streamTap.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the planted resources did arrive, with placeholders in the place of what is secret', () => {
  expect(heard['the exit of the run']).toBe('0');
  expect(heard['the findings over HTTP']).toContain('aws_db_instance.orders');
  expect(heard['the findings over HTTP']).toContain('aws_instance.web');
  expect(heard['what the agent printed, scan, explained']).toContain('aws_instance.web');
  expect(heard['the report on plan.json over HTTP']).toMatch(/«secret:[a-z-]+:[0-9a-f]{16}»/);
});

test('of every kind of frame that an agent sends, the wire carried some, and they could be read', () => {
  const ofSteps = runsSteps ? ['order-received', 'step-started', 'step-output', 'step-end'] : [];

  expect(enrolments.kinds).toEqual({ enroll: 1 });
  expect(Object.keys(streams.kinds).toSorted()).toEqual(['goodbye', 'heartbeat', 'hello', 'report-begin', 'report-chunk', 'report-end', ...ofSteps].toSorted());
  expect(streams.said['what the agent sent']).toContain('aws_db_instance.orders');
  expect(streams.said['the bytes on the wire']).not.toContain('aws_db_instance.orders'); // or it was no TLS
  expect(streams.said['the headers of calls']).toMatch(/"user-agent":"grpc-node-js/);
});

test('no planted secret, in none of a dozen encodings, crossed the wire', () => {
  for (const said of [enrolments.said, streams.said]) expect(Object.entries(said).flatMap(([where, text]) => canaries.findIn(text).map((how) => `${how}: ${where}`))).toEqual([]);
});

test('no planted secret, in none of a dozen encodings, is in anything that was stored, logged, printed or answered', () => {
  const leaks = Object.entries(heard).flatMap(([where, said]) => canaries.findIn(said).map((how) => `${how}: ${where}`));

  expect(canaries.forms).toBeGreaterThan(60);
  expect(leaks).toEqual([]);
});

test.skipIf(!runsSteps)(`a step that was granted them wrote them in every encoding, and said so by placeholders${runsSteps ? '' : ' [not run: no sandbox tier holds here]'}`, () => {
  const output = streams.said['reports and output, joined'];

  expect(output).toContain('in JSON in JSON: before');
  expect(output?.split('secret:granted:').length).toBeGreaterThan(20);
  expect(heard['the execution, as it was watched']).toContain('«secret:granted:');
});

test('what the agent keeps is for its user alone, whatever the umask, and it leaves nothing in the temporary folder', () => {
  expect(readdirSync(join(folder, 'agent'))).toEqual(expect.arrayContaining(['identity', 'memory', 'spool']));
  expect(exposedIn(join(folder, 'agent'))).toEqual([]);
  expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
});

/** A plan in which the secrets are marked once and stand unmarked in many places, and a file that cannot be read. */
function plant(at: string): void {
  const { awkward, plain, lines, everyEncoding } = canaries;
  const change = (before: object, after: object, marks: object = {}) => ({ actions: ['update'], before, after, after_unknown: {}, before_sensitive: marks, after_sensitive: marks });
  const plan = {
    format_version: '1.2',
    resource_drift: [
      drifted('aws_db_instance', 'orders', change({ password: awkward, note: 'a' }, { password: plain, note: 'b' }, { password: true })),
      drifted('tls_private_key', 'web', change({ pem: lines.join('\n') }, { pem: 'gone' }, { pem: true })),
      drifted('aws_instance', 'web', change({ tags: { a: 'x' }, user_data: '' }, { tags: everyEncoding, user_data: Buffer.from(`#!/bin/sh\nexport X='${awkward}'\n${lines.join('\n')}\n`).toString('base64') })),
      drifted('aws_ssm_parameter', 'conf', change({ value: '{}' }, { value: JSON.stringify({ deep: JSON.stringify({ deeper: awkward, key: lines.join('\n') }) }) })),
    ],
    resource_changes: [],
  };
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'plan.json'), JSON.stringify(plan));
  writeFileSync(join(at, 'broken.tfstate'), `{"version": 4, "terraform_version": "1.9.0", "lineage": "x", "resources": [{"attributes": {"password": ${JSON.stringify(awkward)}}, ${plain}`);
}

function drifted(type: string, name: string, change: object): object {
  return { address: `${type}.${name}`, mode: 'managed', type, name, provider_name: 'registry.terraform.io/hashicorp/aws', change };
}

async function enrol(): Promise<void> {
  const { token } = await dd0c('admin', ['tokens', 'create']);
  await agent('enrolling', ['enroll', '--server', `127.0.0.1:${enrolmentTap.port}`, '--ca-pin', server.ready.caPin, '--token-file', '-'], String(token));
  const file = join(folder, 'agent', 'identity', 'identity.json');
  const identity = z.looseObject({ streamAddress: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8')));
  writeFileSync(file, JSON.stringify({ ...identity, streamAddress: `127.0.0.1:${streamTap.port}` })); // by way of the tap
}

/** As a service whose spool was damaged, so that it has an alert to tell, and that runs a signed step with the secrets. */
async function serve(): Promise<void> {
  for (const person of ['jo', 'kim']) writeFileSync(join(folder, `${person}.token`), String((await dd0c('admin', ['api-tokens', 'create', '--name', person, '--role', 'operator']))['token']), { mode: 0o600 });
  await dd0c('kim', ['keys', 'generate', '--out', join(folder, 'kim.key')]);
  const { publicKey, owner } = await dd0c('kim', ['keys', 'add', (await readApproverKeyFile(join(folder, 'kim.key'))).text, '--name', 'kim']);
  writeFileSync(join(folder, 'dd0c.yaml'), configOf(String(publicKey), String(owner)), { mode: 0o600 });
  for (const name of readdirSync(join(folder, 'agent', 'spool'))) writeFileSync(join(folder, 'agent', 'spool', name), `no database: ${canaries.awkward}`);

  const child = startProgram(['run', '--config', join(folder, 'dd0c.yaml')], { AWKWARD: canaries.awkward, PLAIN: canaries.plain, LINES: canaries.lines.join('\n') });
  const told = Promise.all([text(child.stdout), text(child.stderr)]);
  const [line]: unknown[] = await Promise.race([once(createInterface(child.stdout), 'line'), told.then((all) => Promise.reject(new Error(all.join(''))))]);
  const { agent: id } = z.object({ agent: z.string() }).parse(JSON.parse(String(line)));
  if (runsSteps) await runStep(id);
  child.kill('SIGTERM');
  heard['what the agent printed, as a service'] = (await told).join('');
}

async function runStep(id: string): Promise<void> {
  mkdirSync(join(folder, 'said'));
  writeFileSync(join(folder, 'said', 'all'), [...Object.entries(canaries.everyEncoding).map(([how, said]) => `${how}: ${said}`), ...canaries.lines].join('\n'));
  writeFileSync(join(folder, 'tell.yaml'), `
name: tell
title: Says what it was granted
steps:
  - id: tell
    script: |
      cat ${folder}/said/all
      cat ${folder}/said/all >&2
      printenv
      exit 3
    secrets: [awkward, plain, lines]
    sandbox: { read: [${folder}/said] }
`);
  await dd0c('jo', ['runbooks', 'import', join(folder, 'tell.yaml')]);
  await dd0c('jo', ['runbooks', 'trust', 'tell', 'approve']);
  const execution = String((await dd0c('jo', ['executions', 'start', 'tell', '--agent', id]))['id']);
  const comesTo = (standing: string): Promise<void> =>
    vi.waitFor(async () => expect(await dd0c('jo', ['executions', 'show', execution])).toMatchObject({ standing }), { timeout: 60_000, interval: 300 });
  await comesTo('waiting');
  await dd0c('kim', ['approvals', 'approve', execution, '--key', join(folder, 'kim.key'), '--yes']);
  await comesTo('failed');
  heard['the execution, as it was watched'] = JSON.stringify(await dd0c('jo', ['executions', 'watch', execution]));
}

function configOf(key: string, person: string): string {
  return `
version: 1
scan: { paths: [${folder}/infrastructure], interval: 1d }
approvers: [{ name: kim, key: '${key}', person: ${person} }]
secrets: { awkward: { env: AWKWARD }, plain: { env: PLAIN }, lines: { env: LINES } }
runbooks: { enabled: true, maxRisk: dangerous, programs: ['*'], read: [${folder}/said] }
`;
}

async function dd0c(person: string, argv: readonly string[]): Promise<Record<string, unknown>> {
  const token = person === 'admin' ? join(folder, 'server', 'admin-token') : join(folder, `${person}.token`);
  const { code, out, err } = await runToEnd('control-plane/cli/main.ts', [...argv, '--server', server.ready.http, '--token-file', token, '--json']);
  if (code !== 0) throw new Error(`dd0c ${argv.join(' ')}: ${err}`);
  const lines = out.trim().split('\n').map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)));
  return lines.length === 1 ? (lines[0] ?? {}) : { lines };
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
  const child = startProgram(args);
  child.stdin.end(input);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  heard[`what the agent printed, ${when}`] = out + err;
  return child.exitCode;
}

/** Nothing limits who may read its files but the agent itself. Node writes the secrets of its TLS connections down, so that what crossed the wire can be read afterwards. */
function startProgram(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const program = fileURLToPath(new URL('../../agent/main.ts', import.meta.url));
  const argv = [process.execPath, `--tls-keylog=${join(folder, 'tls.keys')}`, program, ...args, '--data', join(folder, 'agent')];
  return spawn('sh', ['-c', 'umask 0; exec "$@"', 'sh', ...argv], { env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: join(folder, 'tmp'), ...env }, cwd: folder });
}

/** Files that others may open; what lies in a folder that they cannot enter, they cannot. */
function exposedIn(path: string): readonly string[] {
  const { mode } = statSync(path);
  if ((mode & 0o077) === 0) return [];
  return statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => exposedIn(join(path, name))) : [path];
}

function everythingIn(path: string): string {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n');
}
