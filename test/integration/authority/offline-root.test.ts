import { execFile, execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readIdentity } from '#agent/identity/identity.ts';
import { runProgram } from '#control-plane/cli/program.ts';
import { type Installation, linkAgent, startInstallation } from '#test/harness/installation.ts';
import { onPath } from '#test/harness/terraform-program.ts';

const openssl = onPath('openssl');
const curl = onPath('curl');

let here: Installation;
let folder: string;

beforeAll(async () => {
  here = await startInstallation();
  folder = mkdtempSync(join(tmpdir(), 'dd0c-ceremony-'));
});
afterAll(async () => {
  await here.stop();
  for (const each of [here.data, folder]) rmSync(each, { recursive: true, force: true });
});

describe.skipIf(openssl === undefined)(`a root that is kept elsewhere${openssl === undefined ? ' [not run: no openssl]' : ''}`, { timeout: 60_000 }, () => {
  test('leaves the server as an encrypted file, whose passphrase goes another way', async () => {
    expect(await dd0c('ca', 'remove-root', '--yes')).toMatchObject({ code: 1, problem: { code: 'root-not-exported' } });

    const { answer } = await dd0c('ca', 'export-root');
    const { file, passphrase } = answer as { file: string; passphrase: string };
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
    expect(text).not.toContain(passphrase);
    expect(() => createPrivateKey({ key: text, passphrase: 'wrong' })).toThrow(/./);
    writeFileSync(join(folder, 'root.pass'), passphrase);
    run('pkey', '-in', file, '-passin', `file:${join(folder, 'root.pass')}`, '-out', join(folder, 'root.key'));

    expect(await dd0c('ca', 'remove-root')).toMatchObject({ code: 1, problem: { code: 'usage' } });
    expect(await dd0c('ca', 'remove-root', '--yes')).toMatchObject({ code: 0, answer: { roots: [{ key: 'elsewhere' }] } });
    expect(await dd0c('ca', 'renew-intermediate', 'agents')).toMatchObject({ code: 1, problem: { code: 'root-key-elsewhere' } });
    expect(await dd0c('ca', 'export-root')).toMatchObject({ code: 1, problem: { code: 'root-key-elsewhere' } });
  });

  test('signs intermediates for agents and servers there, which issue from then on without a restart', async () => {
    writeFileSync(join(folder, 'root.pem'), await shownRoot());
    for (const role of ['agents', 'servers']) {
      const request = join(folder, `${role}.csr`);
      await dd0c('ca', 'request-intermediate', role, '--output', request);
      expect(run('req', '-in', request, '-noout', '-verify', '-text')).toMatch(/CA:TRUE, pathlen:0/);
      sign(role);

      expect(await dd0c('ca', 'import-intermediate', join(folder, `${role}.pem`))).toMatchObject({ code: 0, answer: { requests: [] } });
    }

    const host = await here.enrol('host');
    const { certificateChain, key } = readIdentity(host);
    const [leaf = '', intermediate = ''] = certificateChain.match(/-----BEGIN[^]+?END CERTIFICATE-----\n/g) ?? [];
    expect(new X509Certificate(intermediate).fingerprint256).toBe(new X509Certificate(readFileSync(join(folder, 'agents.pem'))).fingerprint256);
    writeFileSync(join(folder, 'leaf.pem'), leaf);
    writeFileSync(join(folder, 'intermediate.pem'), intermediate);
    writeFileSync(join(folder, 'chain.pem'), certificateChain);
    writeFileSync(join(folder, 'leaf.key'), key, { mode: 0o600 });
    expect(run('verify', '-x509_strict', '-purpose', 'sslclient', '-CAfile', join(folder, 'root.pem'), '-untrusted', join(folder, 'intermediate.pem'), join(folder, 'leaf.pem'))).toContain(': OK');

    const agent = linkAgent(host);
    await expect.poll(() => agent.uplink.state.kind, { timeout: 10_000 }).toBe('live');
    await agent.stop();
    rmSync(host, { recursive: true, force: true });
  });

  test('and the server that shows them is believed by another stack of TLS', async () => {
    const { grpc } = here.plane.ready;
    const shown = await ask('openssl', ['s_client', '-connect', grpc, '-CAfile', join(folder, 'root.pem'), '-verify_return_error', '-verify_ip', '127.0.0.1', '-x509_strict', '-alpn', 'h2', '-cert', join(folder, 'leaf.pem'), '-cert_chain', join(folder, 'intermediate.pem'), '-key', join(folder, 'leaf.key')]);

    expect(shown).toContain('Verify return code: 0 (ok)');
    expect(shown).toContain('ALPN protocol: h2');
    expect(shown).toContain(new X509Certificate(readFileSync(join(folder, 'servers.pem'))).subject.split('CN=')[1]);
  });

  test.skipIf(curl === undefined)(`and by curl, which shows a certificate of an agent${curl === undefined ? ' [not run: no curl]' : ''}`, async () => {
    const { grpc } = here.plane.ready;
    const url = `https://${grpc}/dd0c.agent.v1.AgentService/Renew`;
    const asks = (...more: string[]): Promise<string> =>
      ask('curl', ['--silent', '--show-error', '--http2', '--cacert', join(folder, 'root.pem'), '--header', 'content-type: application/grpc', '--header', 'te: trailers', '--data-binary', '', '--output', '/dev/null', '--write-out', '%{http_version} %{http_code} %{ssl_verify_result}', ...more, url]);

    expect(await asks('--cert', join(folder, 'chain.pem'), '--key', join(folder, 'leaf.key'))).toBe('2 200 0');
    await expect(asks()).rejects.toThrow(/./); // without one there is no connection
  });

  test.each<[string, string, (role: string) => void, string]>([
    ['was signed by another root', 'agents', (role) => sign(role, { by: 'other' }), 'not signed by the root'],
    ['may make authorities of its own', 'agents', (role) => sign(role, { extensions: 'basicConstraints=critical,CA:TRUE,pathlen:1\nkeyUsage=critical,keyCertSign\nextendedKeyUsage=clientAuth' }), 'path length'],
    ['has no limit to its path', 'agents', (role) => sign(role, { extensions: 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\nextendedKeyUsage=clientAuth' }), 'path length'],
    ['is no authority', 'agents', (role) => sign(role, { extensions: 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,keyCertSign\nextendedKeyUsage=clientAuth' }), 'no authority'],
    ['serves the wrong purpose', 'agents', (role) => sign(role, { extensions: 'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign\nextendedKeyUsage=serverAuth' }), 'clientAuth'],
    ['serves every purpose', 'servers', (role) => sign(role, { extensions: 'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign' }), 'serverAuth'],
    ['may not sign', 'servers', (role) => sign(role, { extensions: 'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth' }), 'keyCertSign'],
    ['is not critical about it', 'servers', (role) => sign(role, { extensions: 'basicConstraints=CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign\nextendedKeyUsage=serverAuth' }), 'not critical'],
    ['bears a name', 'servers', (role) => sign(role, { extensions: 'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:example.org' }), 'subjectAltName'],
    ['ends within days', 'servers', (role) => sign(role, { days: 10 }), 'within 30 days'],
    ['outlives its root', 'servers', (role) => sign(role, { days: 7300 }), 'after the root'],
    ['has a short serial number', 'servers', (role) => sign(role, { serial: '0x1234' }), 'serial number'],
  ])('refuses an intermediate that %s, and says so', async (_what, role, make, reason) => {
    await dd0c('ca', 'request-intermediate', role, '--output', join(folder, `${role}.csr`));
    make(role);

    const refused = await dd0c('ca', 'import-intermediate', join(folder, `${role}.pem`));

    expect(refused).toMatchObject({ code: 1, problem: { code: 'intermediate-unfit' } });
    expect(JSON.stringify(refused.problem)).toContain(reason);
  });

  test('refuses one that answers no request, or an older one', async () => {
    const before = join(folder, 'agents.csr');
    await dd0c('ca', 'request-intermediate', 'agents', '--output', before);
    sign('agents');
    await dd0c('ca', 'request-intermediate', 'agents', '--output', join(folder, 'unused.csr'));

    expect(await dd0c('ca', 'import-intermediate', join(folder, 'agents.pem'))).toMatchObject({ code: 1, problem: { code: 'intermediate-not-requested' } });
    expect(await dd0c('ca', 'import-intermediate', join(folder, 'root.key'))).toMatchObject({ code: 1, problem: { code: 'usage' } });
  });

  test('is replaced by another that was made elsewhere, on the word of the old one', async () => {
    const domain = ((await here.ask('GET', '/v1/ca')).body as { trustDomain: string }).trustDomain;
    makeRoot('wrong', 'spiffe://elsewhere');
    makeRoot('next', `spiffe://${domain}`);
    run('x509', '-in', join(folder, 'next.pem'), '-CA', join(folder, 'root.pem'), '-CAkey', join(folder, 'root.key'), '-set_serial', serial(), '-days', '3650', '-out', join(folder, 'voucher.pem'));

    expect(await rotate('--root', join(folder, 'wrong.pem'), '--voucher', join(folder, 'voucher.pem'))).toMatchObject({ code: 1, problem: { code: 'root-unfit' } });
    expect(await rotate('--root', join(folder, 'next.pem'))).toMatchObject({ code: 1, problem: { code: 'root-key-elsewhere' } });
    expect(await rotate('--root', join(folder, 'next.pem'), '--voucher', join(folder, 'next.pem'))).toMatchObject({ code: 1, problem: { code: 'root-unfit' } });
    expect(await rotate()).toMatchObject({ code: 1, problem: { code: 'root-key-elsewhere' } });
    expect(await rotate('--root', join(folder, 'next.pem'), '--voucher', join(folder, 'voucher.pem'))).toMatchObject({ code: 0, answer: { phase: 'prepared' } });

    const host = await here.enrol('kept up');
    const agent = linkAgent(host);
    await dd0c('ca', 'rotate', '--to', 'trust');
    expect(await dd0c('ca', 'rotate', '--to', 'issue', '--force')).toMatchObject({ code: 1, problem: { code: 'intermediate-missing' } });
    for (const role of ['agents', 'servers']) {
      await dd0c('ca', 'request-intermediate', role, '--successor', '--output', join(folder, `${role}.csr`));
      sign(role, { by: 'next' });
      expect(await dd0c('ca', 'import-intermediate', join(folder, `${role}.pem`))).toMatchObject({ code: 0 });
    }
    await expect.poll(() => agent.identity().trustBundle.match(/BEGIN/g)?.length, { timeout: 10_000 }).toBe(2);
    await agent.stop();
    rmSync(host, { recursive: true, force: true });
    expect(await dd0c('ca', 'rotate', '--to', 'issue', '--force')).toMatchObject({ code: 0, answer: { phase: 'issuing' } });
    expect(await dd0c('ca', 'rotate', '--to', 'retire', '--force')).toMatchObject({ code: 0, answer: { phase: 'steady', roots: [{ which: 'current', key: 'elsewhere' }] } });
  });
});

function rotate(...more: string[]) {
  return dd0c('ca', 'rotate', '--to', 'prepare', ...more);
}

/** The operator's program; its answer or its problem. */
async function dd0c(...argv: string[]): Promise<{ readonly code: number; readonly answer: unknown; readonly problem: unknown }> {
  let [out, err] = ['', ''];
  const terminal = { out: (text: string) => void (out += text), err: (text: string) => void (err += text), width: 120, paint: (_: string, text: string) => text, now: Date.now };
  const code = await runProgram(['--json', '--server', here.plane.ready.http, '--token-file', join(here.data, 'admin-token'), ...argv], terminal, { env: {}, cwd: folder, readStandardInput: async () => '' });
  const document = err.split('\n').find((line) => line.startsWith('{'));
  return { code, answer: out === '' ? null : JSON.parse(out), problem: document === undefined ? null : JSON.parse(document) };
}

/** Signs a request as docs/operating.md says, or almost. */
function sign(role: string, { by = 'root', extensions, days = 365, serial: number = serial() }: { readonly by?: string; readonly extensions?: string; readonly days?: number; readonly serial?: string } = {}): void {
  if (by === 'other') makeRoot('other', 'spiffe://other');
  const file = join(folder, 'extensions.cnf');
  if (extensions !== undefined) writeFileSync(file, extensions);
  const shape = extensions === undefined ? ['-copy_extensions', 'copy'] : ['-extfile', file];
  run('x509', '-req', '-in', join(folder, `${role}.csr`), '-CA', join(folder, `${by}.pem`), '-CAkey', join(folder, `${by}.key`), '-set_serial', number, '-days', String(days), ...shape, '-out', join(folder, `${role}.pem`));
}

function makeRoot(name: string, uri: string): void {
  run('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', join(folder, `${name}.key`));
  run('req', '-x509', '-new', '-key', join(folder, `${name}.key`), '-subj', `/O=dd0c/CN=dd0c root ${name}`, '-days', '3650', '-set_serial', serial(), '-addext', 'basicConstraints=critical,CA:TRUE,pathlen:1', '-addext', 'keyUsage=critical,keyCertSign,cRLSign', '-addext', `subjectAltName=URI:${uri}`, '-out', join(folder, `${name}.pem`));
}

function serial(): string {
  return `0x4${run('rand', '-hex', '16').trim().slice(1)}`;
}

/** The root as the server shows it, last in its chain. */
async function shownRoot(): Promise<string> {
  const shown = await ask('openssl', ['s_client', '-connect', here.plane.ready.enroll, '-showcerts']);
  return `${shown.match(/-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----/g)?.at(-1) ?? ''}\n`;
}

/** Runs a client of our server, which answers from this very process. */
function ask(program: string, args: readonly string[]): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = execFile(program, [...args], { encoding: 'utf8', timeout: 20_000 }, (error, out) => (error === null ? resolve(out) : reject(error)));
  child.stdin?.end();
  return promise;
}

function run(...args: string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
}
