import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fakeCloudFormation } from '#test/fakes/cloudformation.ts';
import { buildAgent, example, notBuildable, runAgent, startAgent } from '#test/harness/agent-executable.ts';
import { runToEnd, type ServerProcess, startServer } from '#test/harness/server-process.ts';

/** A build, a server's first start, and a machine that has other things to do. */
const patience = { timeout: 240_000 };

const Scan = z.object({
  schema: z.literal('dd0c.scan/v1'),
  stacks: z.array(z.looseObject({ source: z.string(), ledger: z.looseObject({ checked: z.number() }), findings: z.array(z.looseObject({ address: z.string(), noise: z.boolean() })), error: z.looseObject({ code: z.string() }).optional() })),
  summary: z.looseObject({ findings: z.number() }),
});

const suite = notBuildable === null ? describe : describe.skip;
const suffix = notBuildable === null ? '' : ` [not run: ${notBuildable}]`;

suite(`the executable${suffix}`, patience, () => {
  let folder = '';
  let agent = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dd0c-executable-'));
    agent = await buildAgent(folder);
  }, patience.timeout);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is one file of at most 125 MB, with its checksum and the licences of what is in it', () => {
    const hash = createHash('sha256').update(readFileSync(agent)).digest('hex');

    expect(statSync(agent).size).toBeLessThanOrEqual(125_000_000);
    expect(readFileSync(join(folder, 'SHA256SUMS'), 'utf8')).toBe(`${hash}  dd0c-agent-linux-x64\n`);
    expect(readFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8')).toMatch(/^@grpc\/grpc-js \S+ \(Apache-2\.0\)$/m);
  });

  test('says its version and nothing else', async () => {
    const { code, out, err } = await runAgent(agent, ['--version']);

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('takes no code and no options from the environment', async () => {
    const foreign = join(folder, 'foreign.cjs');
    writeFileSync(foreign, `require('node:fs').writeFileSync(${JSON.stringify(`${foreign}.ran`)}, '')`);

    const { code, err } = await runAgent(agent, ['--version'], { env: { NODE_OPTIONS: `--require=${foreign}` } });

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(() => statSync(`${foreign}.ran`)).toThrow(/ENOENT/);
  });

  test('opens no debugger, from its first moment, and writes neither reports nor snapshots nor keys, whatever the environment says', async () => {
    const cwd = join(folder, 'sealed');
    mkdirSync(cwd);
    const env = { HOME: cwd, NODE_OPTIONS: `--report-on-signal --inspect=0 --heapsnapshot-signal=SIGUSR2 --tls-keylog=${cwd}/keys`, SSLKEYLOGFILE: `${cwd}/keys` };
    const early = spawn(agent, ['scrub'], { cwd, env });
    const earlyErrors = text(early.stderr);
    await once(early, 'spawn');
    early.kill('SIGUSR1'); // it ends it, or does nothing
    early.stdin.on('error', () => {}).end();
    const late = spawn(agent, ['scrub'], { cwd, env });
    const lateErrors = text(late.stderr);
    late.stdin.write('ready\n');
    await once(late.stdout, 'data');

    late.kill('SIGUSR1');
    late.kill('SIGUSR2');

    expect([await earlyErrors, await lateErrors]).toEqual(['', '']);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test.each([{ launcher: 'of its own', how: [] }, { launcher: 'that waited', how: ['--warm'] }])('runs a step in the strongest sandbox that holds, by a launcher $launcher out of itself, also from where only root gets', async ({ how }) => {
    const { code, out, err } = await runAgent(agent, ['sandbox', 'run', ...how, '--report', 'json', '--', 'sh', '-c', 'touch f && chmod 700 f && echo works; exit 3'], { env: { NODE_OPTIONS: '--require=/nonexistent' } });

    const ran = { code, out, told: /"exit":3/.test(err) };
    expect(ran).toEqual(/sandbox-unavailable/.test(err) ? { code: 125, out: '', told: false } : { code: 3, out: 'works\n', told: true });
  });

  describe('scan', () => {
    test('drift is exit code 2, and the document has every stack, those that could not be read too', async () => {
      const { code, out, err } = await runAgent(agent, ['scan', example(), '--format', 'json']);
      const { stacks } = Scan.parse(JSON.parse(out));

      expect({ code, err }).toEqual({ code: 2, err: '' });
      expect(Object.fromEntries(stacks.map(({ source, error }) => [source.replace(example(), ''), error?.code ?? 'read']))).toEqual({
        '/cluster': 'read',
        '/legacy/terraform.tfstate': 'source-truncated',
        '/network': 'read',
        '/shop/plan.json': 'read',
      });
      expect(stacks.flatMap(({ findings }) => findings.filter(({ noise }) => !noise).map(({ address }) => address)).toSorted()).toEqual([
        'apps/Deployment/shop/web',
        'aws_db_instance.orders',
        'aws_iam_policy.deploy',
        'aws_s3_bucket.assets',
        'aws_secretsmanager_secret_version.orders',
        'aws_security_group.bastion',
        'aws_security_group.web',
        'aws_sqs_queue.orders',
        'aws_subnet.private["b"]',
      ]);
    });

    test('asks AWS with the SDK that is in it', async () => {
      const { url } = await fakeCloudFormation([{ name: 'shop', resources: [{ id: 'Q', type: 'AWS::SQS::Queue' }], drifts: [{ LogicalResourceId: 'Q', ResourceType: 'AWS::SQS::Queue', StackResourceDriftStatus: 'DELETED', ExpectedProperties: '{}' }] }]);
      const env = { AWS_ENDPOINT_URL: url, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'test' };

      const { code, out, err } = await runAgent(agent, ['scan', 'cloudformation://', '--format', 'json'], { env });

      expect({ code, err }).toEqual({ code: 2, err: '' });
      expect(Scan.parse(JSON.parse(out)).stacks.flatMap(({ findings }) => findings.map(({ address }) => address))).toEqual(['Q']);
    });

    test.each(['human', 'json', 'sarif', 'junit', 'markdown'])('no secret of the examples stands in the %s output', async (format) => {
      const { out } = await runAgent(agent, ['scan', example('shop'), '--format', format, '--show-noise']);

      expect(out).toContain('aws_secretsmanager_secret_version.orders');
      expect(out).not.toMatch(/example-only-(?:first|rotated)-password/);
    });

    test('what could not be told is exit code 1, by name and with a next step', async () => {
      const { code, out } = await runAgent(agent, ['scan', example('legacy')]);

      expect(code).toBe(1);
      expect(out).toMatch(/could not be read \[source-truncated\][^]*next: [^]*Could not tell:/);
    });

    test('a path at which there is nothing is exit code 1', async () => {
      const { code, out, err } = await runAgent(agent, ['scan', '/nonexistent/infra']);

      expect(code).toBe(1);
      expect(out + err).toMatch(/source-missing/);
      expect(out + err).not.toMatch(/^ +at /m);
    });

    test('--fail-on lets lesser drift pass', async () => {
      const runs = await Promise.all(['none', 'critical'].map((severity) => runAgent(agent, ['scan', example('network'), '--fail-on', severity])));

      expect(runs.map(({ code }) => code)).toEqual([0, 2]);
    });

    test('--output writes to a file and says nothing', async () => {
      const file = join(folder, 'drift.md');

      const { out } = await runAgent(agent, ['scan', example('network'), '--format', 'markdown', '--output', file]);

      expect(out).toBe('');
      expect(readFileSync(file, 'utf8')).toMatch(/^### Drift in 2 resources/);
    });
  });

  describe('with a control plane', () => {
    let server: ServerProcess;

    beforeAll(async () => {
      server = await startServer(join(folder, 'server'));
    }, patience.timeout);
    afterAll(() => server.end());

    async function dd0c(...args: readonly string[]): Promise<unknown> {
      const { out } = await runToEnd('control-plane/cli/main.ts', [...args, '--json'], { env: { DD0C_DATA: server.ready.data } });
      return JSON.parse(out);
    }

    async function joinToken(): Promise<string> {
      return z.object({ token: z.string() }).parse(await dd0c('tokens', 'create')).token;
    }

    async function enrolled(data: string): Promise<void> {
      const { code, err } = await runAgent(agent, ['enroll', '--server', server.ready.enroll, '--ca-pin', server.ready.caPin, '--data', data], { env: { DD0C_JOIN_TOKEN: await joinToken() } });
      expect({ code, err }).toEqual({ code: 0, err: '' });
    }

    test('enrols, reports once, and what it reported can be read back', async () => {
      const data = join(folder, 'reporting');
      await enrolled(data);

      const { code, out, err } = await runAgent(agent, ['run', '--once', example(), '--data', data]);
      const { findings } = z.object({ findings: z.array(z.object({ address: z.string() })) }).parse(await dd0c('findings', 'list'));

      expect({ code, out }).toEqual({ code: 0, out: 'reported 4 stacks, 9 findings, 1 not readable; acknowledged\n' });
      expect(err).not.toMatch(/example-only/);
      expect(findings).toHaveLength(9);
    });

    test('a token that was used by another key is refused', async () => {
      const token = await joinToken();
      const args = (data: string): readonly string[] => ['enroll', '--server', server.ready.enroll, '--ca-pin', server.ready.caPin, '--data', join(folder, data), '--token-file', '-'];
      await runAgent(agent, args('first'), { input: token });

      const { code, out, err } = await runAgent(agent, args('second'), { input: token });

      expect(code).toBe(1);
      expect(err).toMatch(/^error: .*\[token-used\]\nnext: /);
      expect(out + err).not.toContain(token);
    });

    test('as a service it says when it is connected, obeys an order, and ends cleanly on SIGTERM', async () => {
      const data = join(folder, 'service');
      await enrolled(data);

      const service = await startAgent(agent, [example(), '--data', data]);
      const ready = z.strictObject({ ready: z.literal(true), agent: z.uuid() }).safeParse(service.ready);
      await service.logs('round scanned');
      await dd0c('stacks', 'scan', 'shop/plan.json');
      await service.logs('scan ordered');
      const { code, out, err } = await service.end();

      expect(ready.success).toBe(true);
      expect(code).toBe(0);
      expect(out.trim().split('\n')).toHaveLength(1);
      expect(err).not.toMatch(/example-only|"level":"error"/);
    });

    test('its data folder belongs to one process at a time', async () => {
      const data = join(folder, 'busy');
      await enrolled(data);
      const service = await startAgent(agent, ['--data', data]);

      const { code, err } = await runAgent(agent, ['run', '--once', example(), '--data', data]);
      await service.end();

      expect(code).toBe(1);
      expect(err).toMatch(/\[data-locked\]/);
    });

    test('doctor finds all well', async () => {
      const data = join(folder, 'doctor');
      await enrolled(data);

      const { code, out } = await runAgent(agent, ['doctor', '--json', '--data', data]);

      expect(JSON.parse(out)).toMatchObject({ schema: 'dd0c.doctor/v1', ok: true });
      expect(out).toMatch(/answers over mutual TLS/);
      expect(code).toBe(0);
    });

    test('while the server is away what was reported waits on the disk, and comes with the next run', async () => {
      const data = join(folder, 'patient');
      await enrolled(data);
      const { grpc, data: serverData } = server.ready;
      await server.end();

      const away = await runAgent(agent, ['run', '--once', example('network'), '--data', data, '--deadline', '2']);
      const sick = await runAgent(agent, ['doctor', '--data', data]);
      server = await startServer(serverData, { args: ['--grpc', grpc] });
      const back = await runAgent(agent, ['run', '--once', example('shop'), '--data', data]);

      expect(away.code).toBe(1);
      expect(away.err).toMatch(/error: .*\nnext: [^]*kept in the spool for the next run/);
      expect(sick).toMatchObject({ code: 1, out: expect.stringMatching(/✗ reach/) });
      expect(back).toMatchObject({ code: 0, out: expect.stringMatching(/acknowledged/) });
    });
  });
});
