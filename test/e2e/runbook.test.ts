import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSandbox } from '#sandbox/open-sandbox.ts';
import { runToEnd, type ServerProcess, startServer } from '#test/harness/server-process.ts';

const sandbox = await openSandbox({ random: (below) => randomInt(below), now: () => performance.now(), prove: 'strongest' });
await sandbox.close();
const reason = sandbox.proofs.some(({ holds }) => holds) ? '' : ' [not run: no sandbox tier holds here]';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Everything is a process of its own: the server, the agent, and each command that a person gives. */
describe.skipIf(reason !== '')(`a drifted resource, put right by a runbook${reason}`, () => {
  let folder = '';
  let server: ServerProcess;
  let agent: ChildProcess | undefined;
  let told = '';
  let agentId = '';
  let finding = '';
  let execution = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dd0c-runbook-'));
    chmodSync(folder, 0o755); // the step runs as another user where the agent is root
    cpSync(join(root, 'examples/network'), join(folder, 'stack'), { recursive: true });
    chmodSync(join(folder, 'stack'), 0o777);
    writeFileSync(join(folder, 'close-ssh.yaml'), runbookOn(join(folder, 'stack')));
    server = await startServer(join(folder, 'server'));
    for (const person of ['jo', 'kim']) writeFileSync(join(folder, `${person}.token`), String((await dd0c('admin', ['api-tokens', 'create', '--name', person, '--role', 'operator']))['token']), { mode: 0o600 });
    await dd0c('kim', ['keys', 'generate', '--out', join(folder, 'kim.key')]);
  }, 120_000);

  afterAll(async () => {
    agent?.kill('SIGKILL');
    await server.end();
    rmSync(folder, { recursive: true, force: true });
  });

  async function dd0c(person: string, argv: readonly string[]): Promise<Record<string, unknown>> {
    const token = person === 'admin' ? join(folder, 'server', 'admin-token') : join(folder, `${person}.token`);
    const { code, out, err } = await runToEnd('control-plane/cli/main.ts', [...argv, '--server', server.ready.http, '--token-file', token, '--json']);
    if (code !== 0) throw new Error(`dd0c ${argv.join(' ')}: ${err}\n${told}`);
    const lines = out.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    return lines.length === 1 ? (lines[0] ?? {}) : { lines };
  }

  function startProgram(args: readonly string[]) {
    return spawn(process.execPath, [join(root, 'agent/main.ts'), ...args, '--data', join(folder, 'agent')], { cwd: folder, env: { PATH: process.env['PATH'], HOME: folder } });
  }

  async function see(): Promise<Record<string, unknown>> {
    return dd0c('jo', ['executions', 'show', execution]);
  }

  test('an agent that its owner told whom to believe comes up, and reports', async () => {
    const { publicKey, owner } = await dd0c('kim', ['keys', 'add', await publicKeyOf(folder), '--name', 'kim']);
    writeFileSync(join(folder, 'dd0c.yaml'), configOn(folder, String(publicKey), String(owner)), { mode: 0o600 });
    const { token } = await dd0c('admin', ['tokens', 'create']);
    const enrolling = startProgram(['enroll', '--server', server.ready.enroll, '--ca-pin', server.ready.caPin, '--token-file', '-']);
    enrolling.stdin.end(String(token));
    expect([...(await once(enrolling, 'exit')), await text(enrolling.stderr)][0]).toBe(0);

    const running = startProgram(['run', '--config', join(folder, 'dd0c.yaml')]);
    agent = running;
    running.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
    const [line]: unknown[] = await Promise.race([once(createInterface(running.stdout), 'line'), once(running, 'exit').then(() => Promise.reject(new Error(told)))]);
    agentId = (JSON.parse(String(line)) as { agent: string }).agent;

    await expect.poll(async () => (await dd0c('jo', ['findings', 'list', '--address', 'bastion']))['findings'], { timeout: 60_000, interval: 500 }).toMatchObject([{ address: 'aws_security_group.bastion', severity: 'critical' }]);
    finding = ((await dd0c('jo', ['findings', 'list', '--address', 'bastion']))['findings'] as [{ id: string }])[0].id;
  }, 120_000);

  test('the finding is offered the runbook that fits it', async () => {
    const { runbooks } = await dd0c('jo', ['runbooks', 'import', join(folder, 'close-ssh.yaml')]);
    expect(runbooks).toMatchObject([{ trust: 'manual', verdicts: [{ risk: 'read_only' }, { risk: 'dangerous' }] }]);
    await dd0c('jo', ['runbooks', 'trust', 'close-ssh', 'approve']);

    expect((await dd0c('jo', ['findings', 'show', finding]))['runbooks']).toMatchObject([{ runbook: 'close-ssh', missing: [] }]);
  }, 60_000);

  test('it looks by itself, in a sandbox, and asks before it acts', async () => {
    execution = String((await dd0c('jo', ['executions', 'start', 'close-ssh', '--finding', finding]))['id']);

    await expect.poll(async () => (await see())['standing'], { timeout: 60_000, interval: 300 }).toBe('waiting');
    expect(await see()).toMatchObject({ agent: agentId, steps: [{ how: 'done', result: { ending: { outcome: { exit: 0 } } } }, { state: 'waiting' }] });
  }, 90_000);

  test('whoever asked for what is dangerous does not approve it; another does, and it is done', async () => {
    const approve = ['approvals', 'approve', execution, '--key', join(folder, 'kim.key'), '--yes'];
    await expect(dd0c('jo', approve)).rejects.toThrow(/approver-key-unknown/);

    await dd0c('kim', approve);

    await expect.poll(async () => (await see())['standing'], { timeout: 60_000, interval: 300 }).toBe('succeeded');
    expect(readFileSync(join(folder, 'stack/terraform.tfstate'), 'utf8').split('0.0.0.0/0')).toHaveLength(2); // what goes out may go anywhere, as the code says
  }, 90_000);

  test('the stack is scanned again, and the finding closes by what was seen', async () => {
    await expect.poll(async () => (await see())['remedy'], { timeout: 60_000, interval: 500 }).toMatchObject({ finding, state: 'closed' });
    expect((await dd0c('jo', ['findings', 'show', finding]))['resolvedAt']).toEqual(expect.any(String));
  }, 90_000);

  test('what it wrote is told, scrubbed and in order, and everything is in the audit trail', async () => {
    const { lines } = (await dd0c('jo', ['executions', 'watch', execution])) as { lines: { event: string; text?: string }[] };
    expect(lines.filter(({ event }) => event === 'output').map(({ text: piece }) => piece).join('')).toContain('aws_security_group');
    expect(lines.at(-1)).toMatchObject({ event: 'ended', standing: 'succeeded' });

    const { entries } = (await dd0c('jo', ['audit', 'list', '--limit', '100'])) as { entries: { topic: string }[] };
    for (const topic of ['runbook.imported', 'execution.started', 'step.ordered', 'step.reported', 'approval.asked', 'approval.approved', 'execution.ended']) expect(entries.map((entry) => entry.topic)).toContain(topic);
  }, 90_000);
});

function runbookOn(stack: string): string {
  return `
name: close-ssh
title: Close SSH to the world again
for: { type: aws_security_group, severity: high, address: '*bastion' }
parameters:
  - { name: office, type: string, pattern: '[0-9./]+', default: 198.51.100.0/24 }
steps:
  - id: look
    run: [grep, -n, aws_security_group, ${stack}/main.tf]
    sandbox: { read: [${stack}] }
  - id: close
    run: [sed, -i, '/"ingress"/,/]/s#"0.0.0.0/0"#"{{ office }}"#', ${stack}/terraform.tfstate]
    sandbox: { write: [${stack}] }
    timeout: 30s
`;
}

function configOn(folder: string, key: string, person: string): string {
  return `
version: 1
scan: { paths: [${folder}/stack] }
approvers: [{ name: kim, key: '${key}', person: ${person} }]
runbooks: { enabled: true, maxRisk: dangerous, programs: [grep, sed], read: [${folder}/stack], write: [${folder}/stack] }
`;
}

async function publicKeyOf(folder: string): Promise<string> {
  const { readApproverKeyFile } = await import('#control-plane/config/approver-key-file.ts');
  return (await readApproverKeyFile(join(folder, 'kim.key'))).text;
}
