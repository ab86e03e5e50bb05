import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runProgram } from '#control-plane/cli/program.ts';
import { createPaint } from '#control-plane/cli/terminal/paint.ts';
import type { App } from '#control-plane/http/app.ts';
import { createHttpServer } from '#control-plane/http/server.ts';
import { makeLog } from '#test/fakes/audit-log.ts';
import { agent, bearers, fakeHttpParts, finding, stack } from '#test/fakes/http-parts.ts';

let app: App;
let server = '';
let cwd = '';

beforeAll(async () => {
  app = await createHttpServer(fakeHttpParts());
  server = await app.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(() => app.close());

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'dd0c-cli-'));
});

afterEach(() => {
  rmSync(cwd, { recursive: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function dd0c(argv: readonly string[], env: Record<string, string> = { DD0C_SERVER: server, DD0C_TOKEN: bearers.admin }): Promise<Ran> {
  let out = '';
  let err = '';
  const terminal = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    width: 120,
    paint: createPaint({ colours: false }),
    now: () => Date.parse('2026-01-02T04:04:05Z'),
  };
  const code = await runProgram(argv, terminal, { env: { HOME: cwd, ...env }, cwd, readStandardInput: async () => bearers.viewer });
  return { code, out, err };
}

describe('for people', () => {
  test('agents stand in a table with a footer', async () => {
    const { code, out, err } = await dd0c(['agents', 'list']);

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(
      [
        'ID                                    NAME    STATE   VERSION  CERTIFICATE ENDS  LAST SEEN',
        `${agent.id}  host-1  online  0.1.0    1 h ago           1 h ago`,
        '',
        '1 agent',
        '',
      ].join('\n'),
    );
  });

  test('a stack is not called in sync where something was not checked', async () => {
    const { out } = await dd0c(['stacks', 'list']);

    expect(out).toContain('1 high');
    expect(out).toMatch(/NOT CHECKED/);
  });

  test('a finding is shown with what should be and what is', async () => {
    const { out } = await dd0c(['findings', 'show', finding.id]);

    expect(out).toContain('cidr  "10.0.0.0/8" → "0.0.0.0/0"');
  });

  test.each([
    [['agents', 'list'], 'dd0c tokens create'],
    [['stacks', 'list'], 'dd0c-agent run'],
    [['findings', 'list'], 'dd0c stacks list'],
    [['tokens', 'list'], 'dd0c tokens create'],
    [['certs', 'list'], 'dd0c tokens create'],
    [['api-tokens', 'list'], 'dd0c api-tokens create'],
  ])('%j with nothing to list says what to do next', async (argv, next) => {
    const { code, out } = await dd0c(argv, { DD0C_SERVER: server, DD0C_TOKEN: bearers.stranger });

    expect(code).toBe(0);
    expect(out).toContain(next);
  });

  test('a new join token comes with the line that uses it, in which it does not stand', async () => {
    const { out } = await dd0c(['tokens', 'create', '--uses', '3', '--ttl', '30m']);

    expect(out).toContain('enrols 3 agents');
    expect(out).toMatch(/dd0c-agent enroll/);
    expect(out.split('\n').filter((line) => line.includes('dd0c-agent enroll')).join()).not.toContain('join');
  });

  test('an error tells the cause and the next step', async () => {
    const { code, out, err } = await dd0c(['agents', 'show', finding.id]);

    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toBe('error There is no such thing. [not-found]\n  try List first; ids are shown in the first column.\n');
  });
});

describe('for scripts', () => {
  test.each([
    [['agents', 'list'], { agents: [{ id: agent.id, name: agent.name, state: 'online', version: '0.1.0', certificate: agent.certificate, lastSeen: agent.lastSeen }] }],
    [['agents', 'show', agent.id], { id: agent.id }],
    [['agents', 'lock', agent.id], { id: agent.id, state: 'locked' }],
    [['agents', 'unlock', agent.id], { id: agent.id, state: 'online' }],
    [['agents', 'drain', agent.id], { id: agent.id, state: 'draining' }],
    [['agents', 'remove', agent.id], { id: agent.id, removed: true }],
    [['agents', 'scan', agent.id], { orders: [{ agent: agent.id }] }],
    [['stacks', 'list'], { stacks: [{ id: stack.id }], next: null }],
    [['stacks', 'show', stack.id], { id: stack.id, source: stack.source }],
    [['stacks', 'scan', stack.id], { orders: [{ agent: agent.id }] }],
    [['findings', 'list', '--limit', '5', '--severity', 'high'], { findings: [{ id: finding.id, fingerprint: finding.fingerprint, stack: stack.id, address: finding.address, change: 'modified', severity: 'high', firstSeen: finding.firstSeen, lastSeen: finding.lastSeen, resolvedAt: null }], next: null }],
    [['findings', 'show', finding.id], { id: finding.id, properties: finding.properties }],
    [['certificates', 'list'], { certificates: [], next: null }],
    [['api-tokens', 'create', '--name', 'ci', '--role', 'viewer'], { name: 'ci', role: 'viewer', token: 'made' }],
  ])('%j --json prints one document', async (argv, expected) => {
    const { code, out, err } = await dd0c([...argv, '--json']);

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject(expected);
  });

  test('a join token has exactly the fields of the contract', async () => {
    const { out } = await dd0c(['tokens', 'create', '--json']);

    expect(Object.keys(JSON.parse(out) as object)).toEqual(['id', 'token', 'server', 'caPin', 'expiresAt', 'command']);
  });

  test.each([
    ['what is not there', ['agents', 'show', finding.id], {}, 'not-found'],
    ['what is not valid', ['findings', 'list', '--limit', '0'], {}, 'request-invalid'],
    ['a wrong token', ['agents', 'list'], { DD0C_TOKEN: 'wrong' }, 'unauthenticated'],
    ['a right that is missing', ['tokens', 'create'], { DD0C_TOKEN: bearers.viewer }, 'denied'],
    ['a server that is not there', ['agents', 'list'], { DD0C_SERVER: 'http://127.0.0.1:9' }, 'control-plane-unreachable'],
    ['a server that is not named', ['agents', 'list'], { DD0C_SERVER: undefined }, 'server-unnamed'],
    ['a duration that is none', ['tokens', 'create', '--ttl', 'soon'], {}, 'usage'],
    ['a command that does not exist', ['agents', 'fire'], {}, 'usage'],
    ['an argument that is missing', ['agents', 'show'], {}, 'usage'],
  ])('%s ends with 1 and a problem document on standard error', async (_case, argv, changed, code) => {
    const env = Object.entries({ DD0C_SERVER: server, DD0C_TOKEN: bearers.admin, ...changed }).filter(([, value]) => value !== undefined);

    const ran = await dd0c([...argv, '--json'], Object.fromEntries(env) as Record<string, string>);

    expect({ code: ran.code, out: ran.out }).toEqual({ code: 1, out: '' });
    expect(JSON.parse(ran.err)).toMatchObject({ code, type: `urn:dd0c:fault:${code}`, next: expect.any(String) });
  });

  test('a token can come on standard input', async () => {
    const { code } = await dd0c(['agents', 'list', '--server', server, '--token-file', '-', '--json'], {});

    expect(code).toBe(0);
  });

  test('there is no option that takes the token itself', async () => {
    const { code, err } = await dd0c(['agents', 'list', `--token=${bearers.admin}`]);

    expect(code).toBe(1);
    expect(err).not.toContain(bearers.admin);
  });
});

describe('a server that is none of ours', () => {
  let stranger: Server;
  let address = '';
  let heard: string[] = [];

  beforeEach(async () => {
    heard = [];
    stranger = createServer((request, response) => {
      heard.push(request.headers.authorization ?? '');
      if (request.url?.startsWith('/v1/agents')) response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end();
      else if (request.url?.startsWith('/v1/stacks')) response.writeHead(502, { 'content-type': 'text/html' }).end('<html>');
      else response.writeHead(200).end('<html>');
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
  });

  afterEach(() => new Promise((resolve) => stranger.close(resolve)));

  test.each([
    ['that sends elsewhere', ['agents', 'list'], 'control-plane-unreachable'],
    ['that fails in HTML', ['stacks', 'list'], 'answer-not-understood'],
    ['that answers in HTML', ['findings', 'list'], 'answer-not-understood'],
  ])('%s is told by name', async (_case, argv, code) => {
    const { err } = await dd0c([...argv, '--json'], { DD0C_SERVER: address, DD0C_TOKEN: 'x' });

    expect(JSON.parse(err)).toMatchObject({ code });
    expect(heard).toEqual(['Bearer x']);
  });
});

test('help lists the commands and --version says the version', async () => {
  expect(await dd0c(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('findings') });
  expect(await dd0c(['--version'])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

test('no command at all is answered with the help, and is an error', async () => {
  expect(await dd0c([])).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Commands:') });
});

describe('the audit trail', () => {
  test('what happened stands in a table', async () => {
    const { code, out } = await dd0c(['audit', 'list']);

    expect(code).toBe(0);
    expect(out).toContain('fleet.agent-locked');
    expect(out).toContain('1 of 1');
  });

  test('an export is verified without a server, and a changed one is refused with the reason', async () => {
    const log = makeLog([{ agent: 'a' }, { agent: 'b' }]);
    const [file, head] = [join(cwd, 'trail.jsonl'), join(cwd, 'head')];
    writeFileSync(file, `${log.lines.join('\n')}\n`);
    writeFileSync(head, log.head(1));

    const whole = await dd0c(['audit', 'verify', file, '--key', log.verifier, '--head', head], {});
    expect(whole).toMatchObject({ code: 0, err: '' });
    expect(whole.out).toContain('verified 2 entries');
    expect(whole.out).not.toContain('but');

    const alone = await dd0c(['--json', 'audit', 'verify', file], {});
    expect(JSON.parse(alone.out)).toMatchObject({ verified: true, entries: 2, key: 'bundle', headSize: null });

    writeFileSync(file, log.lines.join('\n').replace('"agent":"a"', '"agent":"x"'));
    const changed = await dd0c(['--json', 'audit', 'verify', file], {});
    expect(changed.code).toBe(1);
    expect(JSON.parse(changed.err)).toMatchObject({ code: 'audit-broken', detail: expect.stringContaining('entry 2 does not follow') });
  });

  test('a file that is not there is told', async () => {
    expect(await dd0c(['audit', 'verify', join(cwd, 'nothing')], {})).toMatchObject({ code: 1, err: expect.stringContaining('ENOENT') });
  });

  test('an export goes to a file, whole or not at all', async () => {
    const { code } = await dd0c(['audit', 'export', '--output', join(cwd, 'out.jsonl')]);

    expect(code).toBe(0);
    expect(readFileSync(join(cwd, 'out.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(3);
    expect(readdirSync(cwd)).not.toContain('out.jsonl.new');
  });
});
