import { execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccess } from '#control-plane/access/access.ts';
import { runProgram } from '#control-plane/cli/program.ts';
import { createPaint } from '#control-plane/cli/terminal/paint.ts';
import type { App } from '#control-plane/http/app.ts';
import { createHttpServer } from '#control-plane/http/server.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import type { StepFact } from '#proto/domain/fact.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import { fakeHttpParts } from '#test/fakes/http-parts.ts';
import { makeTenant, type OpenedDatabase, openPgliteForTest } from '#test/harness/databases.ts';
import { makeAgent } from '#test/harness/link.ts';
import { onPath } from '#test/harness/terraform-program.ts';
import { connectAgent, deliveries, openRunbooks, restartApi, resultOf } from '#test/harness/runbooks.ts';

let opened: OpenedDatabase;
let runbooks: ReturnType<typeof openRunbooks>;
let app: App;
let server = '';
let folder = '';
let tenant: TenantId;
let agent: AgentId;
let tokens: Record<'jo' | 'kim' | 'viewer' | 'stranger', string>;

beforeAll(async () => {
  opened = await openPgliteForTest();
  const { db } = opened;
  folder = mkdtempSync(join(tmpdir(), 'dd0c-operator-'));
  runbooks = openRunbooks(db);
  const access = createAccess({ db, clock: () => new Date(), newId: randomUUID, random: randomBytes });
  tenant = await makeTenant(db);
  agent = await makeAgent(db, tenant);
  await connectAgent(db, tenant, agent);
  const tokenOf = async (name: string, role: 'operator' | 'viewer' | 'admin', of = tenant) => (await access.createApiToken({ tenant: of }, { name, role })).token;
  tokens = { jo: await tokenOf('jo', 'operator'), kim: await tokenOf('kim', 'operator'), viewer: await tokenOf('viewer', 'viewer'), stranger: await tokenOf('mallory', 'admin', await makeTenant(db)) };
  app = await createHttpServer(fakeHttpParts({ gatekeeper: access, runbooks: runbooks.use }));
  server = await app.listen({ host: '127.0.0.1', port: 0 });
  writeFileSync(join(folder, 'restart.yaml'), restartApi);
});

afterAll(async () => {
  await app.close();
  await opened.close();
  rmSync(folder, { recursive: true });
});

async function dd0c(who: keyof typeof tokens, argv: readonly string[], { ask, at = server, env = {} }: { ask?: (question: string) => Promise<string>; at?: string; env?: Record<string, string> } = {}) {
  let [out, err] = ['', ''];
  const terminal = { out: (text: string) => void (out += text), err: (text: string) => void (err += text), width: 140, paint: createPaint({ colours: false }), now: Date.now, ...(ask && { ask }) };
  const code = await runProgram(argv, terminal, { env: { HOME: folder, DD0C_SERVER: at, DD0C_TOKEN: tokens[who], ...env }, cwd: folder, readStandardInput: async () => '' });
  return { code, out, err, json: (): Record<string, unknown> => JSON.parse(out) as Record<string, unknown>, problem: () => JSON.parse(err) as { code: string; detail: string } };
}

const inFolder = (name: string): string => join(folder, name);
const tell = (fact: StepFact) => asTenant(opened.db, tenant, (tx) => runbooks.recordFacts(tx, { tenant, agent, receivedAt: new Date() }, [fact])).then(([fault = null]) => fault);

/** The fake agent takes the next order, writes a line and ends well. */
async function runNext(text = 'ok\n'): Promise<void> {
  const [first] = await deliveries(opened.db, runbooks, tenant, agent);
  if (first === undefined) throw new Error('no order waits');
  await asTenant(opened.db, tenant, (tx) => runbooks.orders.received(tx, agent, first.order.lease));
  await tell({ kind: 'step-started', orderId: first.order.lease, startedAtMs: Date.now() });
  await tell({ kind: 'step-output', orderId: first.order.lease, index: 0, stream: 'stdout', atMs: 1, data: Buffer.from(text) });
  await tell({ kind: 'step-end', orderId: first.order.lease, result: resultOf(first.order) });
  runbooks.committed(agent, 'more');
}

describe('from a file to a result', () => {
  let key = '';
  let execution = '';

  test('a key is made for its owner alone, and its public half registered', async () => {
    key = inFolder('kim.key');
    const made = (await dd0c('kim', ['keys', 'generate', '--out', key, '--json'])).json() as { id: string; publicKey: string };
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(readFileSync(key, 'utf8')).toContain('PRIVATE KEY');
    expect((await dd0c('kim', ['keys', 'generate', '--out', key, '--json'])).problem().code).toBe('approver-key-unreadable');

    expect((await dd0c('kim', ['keys', 'add', made.publicKey, '--name', 'kim', '--json'])).json()).toMatchObject({ id: made.id, name: 'kim' });
    expect((await dd0c('jo', ['keys', 'add', made.publicKey, '--json'])).problem().code).toBe('approver-key-taken');
    expect((await dd0c('jo', ['keys', 'add', key, '--json'])).problem().detail).toContain('private half');
    expect((await dd0c('viewer', ['keys', 'list'])).out).toContain(made.publicKey);
  });

  test('a runbook is judged as it comes in, and shown with the reasons', async () => {
    const { out } = await dd0c('jo', ['runbooks', 'import', inFolder('restart.yaml')]);

    expect(out).toMatch(/trust +manual/);
    expect(out).toMatch(/systemctl restart '\{\{ unit \}\}'\n +caution\n +It is caution\. \[fake-caution\]/);
    expect((await dd0c('viewer', ['runbooks', 'trust', 'restart-api', 'approve', '--json'])).problem().code).toBe('denied');
    expect((await dd0c('jo', ['runbooks', 'trust', 'restart-api', 'approve', '--json'])).json()).toMatchObject({ trust: 'approve' });
  });

  test('what a file would change is told line by line', async () => {
    writeFileSync(inFolder('changed.yaml'), restartApi.replace('30s', '45s'));

    const { out } = await dd0c('viewer', ['runbooks', 'diff', 'restart-api', inFolder('changed.yaml')]);

    expect(out.split('\n').filter((line) => /^[+-]/.test(line)).map((line) => [line[0], /\d+s/.exec(line)?.[0]])).toEqual([['-', '30s'], ['+', '45s']]);
  });

  test('a mistake in a file is told with its line', async () => {
    writeFileSync(inFolder('wrong.yaml'), 'name: x\ntitle: X\napproved: true\nsteps: [{ id: a, run: ls }]\n');

    expect((await dd0c('jo', ['runbooks', 'import', inFolder('wrong.yaml')])).err).toContain('line: 3; field: approved; reason: there is no such field [runbook-invalid]');
  });

  test('an execution waits, and says what to do next', async () => {
    const started = (await dd0c('jo', ['executions', 'start', 'restart-api', '--agent', agent, '--param', 'unit=web', '--json'])).json() as { id: string };
    execution = started.id;
    await runNext();

    expect((await dd0c('viewer', ['executions', 'show', execution, '--json'])).json()).toMatchObject({ contact: { isConnected: true } });
    expect((await dd0c('viewer', ['executions', 'show', execution])).out).toMatch(/restart-api waiting[\s\S]*look {2}done[\s\S]*sandbox tier 2 · exit 0[\s\S]*fix {2}waiting[\s\S]*dd0c approvals approve/);
    expect((await dd0c('viewer', ['approvals', 'list'])).out).toMatch(/restart-api +fix +caution +systemctl restart web +jo/);
  });

  test('nobody approves what they have not looked at, or with a key that others can read', async () => {
    const approve = ['approvals', 'approve', execution, '--key', key];
    chmodSync(key, 0o640);
    expect((await dd0c('kim', [...approve, '--yes', '--json'])).problem().code).toBe('key-exposed');
    chmodSync(key, 0o600);

    expect((await dd0c('kim', approve)).err).toContain('there is nobody to ask here');
    expect((await dd0c('kim', approve, { ask: async () => 'y' })).err).toContain('not signed');
    expect((await dd0c('jo', [...approve, '--yes'])).err).toContain('approver-key-unknown');
    expect((await dd0c('viewer', [...approve, '--yes'])).err).toContain('[denied]');
  });

  test('a server that shows one plan and asks for a signature over another gets none', async () => {
    const asked = await runbooks.use.getQuestion({ tenant, tokenId: randomUUID(), name: 'kim', role: 'operator' }, execution);
    const { step } = asked.plan;
    const lies = [
      { ...asked, plan: { ...asked.plan, step: { ...step, run: { kind: 'command', words: ['true'] } } } },
      { ...asked, terms: { ...asked.terms, step: 'other' } },
      { ...asked, requester: { id: randomUUID(), name: 'nobody' } },
    ];
    const posted: string[] = [];
    const liar = createServer((request, response) => {
      if (request.method === 'POST') posted.push(request.url ?? '');
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(lies[Number(request.headers.authorization?.at(-1))]));
    });
    await new Promise<void>((resolve) => liar.listen(0, '127.0.0.1', resolve));

    for (const index of lies.keys()) {
      tokens.stranger = `x${index}`;
      const { err } = await dd0c('stranger', ['approvals', 'approve', execution, '--key', key, '--yes'], { at: `http://127.0.0.1:${(liar.address() as AddressInfo).port}` });
      expect(err).toContain('approval-invalid');
    }
    liar.close();

    expect(posted).toEqual([]);
  });

  test('whoever approves sees the command, the parameters, the risk and the reasons, and then it runs', async () => {
    const { code, out, err } = await dd0c('kim', ['approvals', 'approve', execution, '--key', key], { ask: async () => 'yes' });

    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^Approved: fix may begin until/) });
    for (const shown of ['systemctl restart web', 'unit=web', 'caution', 'It is caution.', 'network', agent]) expect(err).toContain(shown);
    expect((await dd0c('kim', ['approvals', 'approve', execution, '--key', key, '--yes', '--json'])).code).toBe(1);
    await runNext('it \u001b[31mdid\u001b[0m\u0007 restart\n');
    expect((await dd0c('viewer', ['executions', 'list', '--standing', 'succeeded', '--json'])).json()).toMatchObject({ executions: [{ id: execution }] });
  });

  test('a watch tells it all from the beginning, with nothing that steers a terminal', async () => {
    const { out } = await dd0c('viewer', ['executions', 'watch', execution]);

    expect(out).toMatch(/look ordered\n[\s\S]*look running\nok\n[\s\S]*look done\n[\s\S]*fix waiting\n[\s\S]*it did\\u\{7\} restart\n[\s\S]*the execution succeeded\n$/);
  });

  test('another tenant finds none of it', async () => {
    tokens.stranger = (await createAccess({ db: opened.db, clock: () => new Date(), newId: randomUUID, random: randomBytes }).createApiToken({ tenant: await makeTenant(opened.db) }, { name: 'mallory', role: 'admin' })).token;

    for (const argv of [['executions', 'show', execution], ['executions', 'watch', execution], ['executions', 'cancel', execution], ['executions', 'rollback', execution, 'fix'], ['approvals', 'show', execution], ['approvals', 'deny', execution, '--reason', 'x'], ['runbooks', 'show', 'restart-api'], ['runbooks', 'versions', 'restart-api']]) {
      expect((await dd0c('stranger', [...argv, '--json'])).problem().code).toBe('not-found');
    }
    for (const list of ['executions', 'approvals', 'runbooks', 'keys']) expect(JSON.stringify((await dd0c('stranger', [list, 'list', '--json'])).json())).toMatch(/\[\]/);
  });
});

const tools = ['ssh-agent', 'ssh-add', 'ssh-keygen'].filter((tool) => onPath(tool) === undefined);

describe.skipIf(tools.length > 0)(`a key in an ssh-agent${tools.length === 0 ? '' : ` [not run: no ${tools.join(', ')}]`}`, () => {
  let socket = '';
  let agentProcess: ReturnType<typeof spawn>;

  beforeAll(async () => {
    socket = inFolder('ssh.sock');
    agentProcess = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(agentProcess.stdout ?? agentProcess, 'data');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'jo@desk', '-f', inFolder('jo_ssh')]);
    execFileSync('ssh-add', ['-q', inFolder('jo_ssh')], { env: { SSH_AUTH_SOCK: socket, PATH: process.env['PATH'] } });
  });

  afterAll(() => void agentProcess.kill());

  test('approves without leaving it', async () => {
    expect((await dd0c('jo', ['keys', 'add', inFolder('jo_ssh.pub'), '--json'])).json()).toMatchObject({ name: 'jo@desk' });
    const { id } = (await dd0c('jo', ['executions', 'start', 'restart-api', '--agent', agent, '--json'])).json() as { id: string };
    await runNext();
    rmSync(inFolder('jo_ssh'));

    expect((await dd0c('jo', ['approvals', 'approve', id, '--ssh-agent', 'ffff', '--yes'], { env: { SSH_AUTH_SOCK: socket } })).err).toContain('no such ssh-ed25519 key');
    expect((await dd0c('jo', ['approvals', 'approve', id, '--ssh-agent', '--yes'])).err).toContain('SSH_AUTH_SOCK is not set');
    expect((await dd0c('jo', ['approvals', 'approve', id, '--ssh-agent', '--yes'], { env: { SSH_AUTH_SOCK: socket } })).out).toContain('Approved: fix');
    await runNext();
  });
});

describe('events over HTTP', () => {
  async function read(url: string, headers: Record<string, string> = {}, until = /event: ended[\s\S]*?\n\n/): Promise<string> {
    const leaving = new AbortController();
    const signal = AbortSignal.any([leaving.signal, AbortSignal.timeout(20_000)]);
    const response = await fetch(`${server}${url}`, { headers: { authorization: `Bearer ${tokens.viewer}`, ...headers }, signal });
    expect(response.headers.get('content-type')).toBe(response.ok ? 'text/event-stream; charset=utf-8' : 'application/problem+json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (until.test(text)) break;
    }
    leaving.abort();
    return text;
  }

  test('are told while they happen, and go on behind the last that was seen', async () => {
    const { id } = (await dd0c('jo', ['executions', 'start', 'restart-api', '--agent', agent, '--json'])).json() as { id: string };
    const live = read(`/v1/executions/${id}/events`, {}, /event: output/);
    await runNext('live\n');
    const seen = await live;
    const [last = ''] = /id: \d+(?=\nevent: output)/.exec(seen) ?? [];
    expect(seen).toContain('"text":"live\\n"');
    await dd0c('jo', ['executions', 'cancel', id]);

    const rest = await read(`/v1/executions/${id}/events`, { 'last-event-id': last.replace('id: ', '') });

    expect(rest).not.toContain('"text":"live\\n"');
    expect(rest).toContain('"standing":"cancelled"');
  });

  test.each([
    ['that nobody may see', `/v1/executions/${randomUUID()}/events`, {}, 'not-found'],
    ['behind what is no number', `/v1/executions/${randomUUID()}/events`, { 'last-event-id': 'x' }, 'request-invalid'],
  ])('%s are a problem document', async (_, url, headers, code) => {
    expect(await read(url, headers)).toContain(code);
  });
});
