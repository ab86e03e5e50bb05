import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate as Certificate,
} from '#ca/x509/library.ts';
import { fromPem, toPem } from '#ca/x509/pem.ts';
import { writeRequest } from '#ca/x509/request.ts';
import { toAgentId, toTenantId } from '#proto/domain/identity.ts';
import { localHosts, makeKey, openTestPki, type TestPki } from '#test/harness/pki.ts';

const tenant = toTenantId('10000000-0000-4000-8000-000000000001');
const agent = toAgentId('30000000-0000-4000-8000-000000000003');
const clientAuth = '1.3.6.1.5.5.7.3.2';
const serverAuth = '1.3.6.1.5.5.7.3.1';
const now = Date.parse('2026-05-01T12:00:00Z');
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

let pki: TestPki;
let root: Uint8Array;
let agents: Uint8Array;
let servers: Uint8Array;
let agentLeaf: Uint8Array;
let serverLeaf: Uint8Array;

beforeAll(async () => {
  pki = await openTestPki({ nowMs: now });
  [agentLeaf, agents] = two((await pki.issueAgent(tenant, agent)).issued.chain);
  [serverLeaf, servers] = two(fromPem((await pki.authority.issueServer(localHosts)).certificateChain));
  [root] = pki.authority.trust.roots as [Uint8Array];
});


describe('what the authority issues', () => {
  test('says critically who may sign what, and how long the chain may be', () => {
    expect(profileOf(root)).toMatchObject({ ca: true, pathLength: 1, usages: ['keyCertSign', 'cRLSign'], purposes: [] });
    expect(profileOf(agents)).toMatchObject({ ca: true, pathLength: 0, usages: ['keyCertSign', 'cRLSign'], purposes: [clientAuth] });
    expect(profileOf(servers)).toMatchObject({ ca: true, pathLength: 0, usages: ['keyCertSign', 'cRLSign'], purposes: [serverAuth] });
    expect(profileOf(agentLeaf)).toMatchObject({ ca: false, pathLength: undefined, usages: ['digitalSignature'], purposes: [clientAuth] });
    expect(profileOf(serverLeaf)).toMatchObject({ ca: false, pathLength: undefined, usages: ['digitalSignature'], purposes: [serverAuth] });
    for (const each of [root, agents, servers, agentLeaf, serverLeaf]) expect(profileOf(each).critical).toEqual(['basicConstraints', 'keyUsage']);
  });

  test('identifies an agent by one URI and by nothing else', () => {
    const { subject, names } = profileOf(agentLeaf);

    expect(names).toEqual([{ type: 'url', value: `spiffe://test.dd0c/tenant/${tenant}/agent/${agent}` }]);
    expect(subject).toBe('O=dd0c, OU=agents');
  });

  test('identifies a server by the names and addresses by which it is dialled', () => {
    expect(profileOf(serverLeaf).names).toEqual([{ type: 'dns', value: 'localhost' }, { type: 'ip', value: '127.0.0.1' }, { type: 'ip', value: '::1' }]);
    expect(profileOf(serverLeaf).subject).toBe('O=dd0c, OU=servers');
  });

  test('takes no name from a request', async () => {
    const issued = await (await pki.authority.acceptRequest(await writeRequest(makeKey()))).issueFor(tenant, agent);

    expect(profileOf(issued.chain[0] ?? root).names).toEqual(profileOf(agentLeaf).names);
  });

  test('lives a day where it is an agent, from five minutes ago', () => {
    expect(livesOf(agentLeaf)).toEqual([now - 5 * minuteMs, now + 24 * hourMs]);
    expect(livesOf(serverLeaf)).toEqual([now - 5 * minuteMs, now + 7 * dayMs]);
    expect(livesOf(root)).toEqual([now - 5 * minuteMs, now + 3_650 * dayMs]);
    expect(livesOf(agents)[1]).toBeLessThan(livesOf(root)[1]);
  });

  test('has a positive serial number of at least 64 random bits, each time another', async () => {
    const request = await pki.authority.acceptRequest(await writeRequest(makeKey()));
    const serials: string[] = [];
    for (let count = 0; count < 50; count++) serials.push((await request.issueFor(tenant, agent)).serial);

    expect(new Set(serials).size).toBe(50);
    for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9a-f]{31}$/); // 16 bytes, the sign bit clear
    for (let at = 2; at < 32; at++) expect(new Set(serials.map((serial) => serial[at])).size).toBeGreaterThan(1);
  });

  test('is recorded as it is', async () => {
    const { issued, certificateChain } = await pki.issueAgent(tenant, agent);
    const leaf = new X509Certificate(certificateChain);

    expect(issued).toMatchObject({
      serial: leaf.serialNumber.toLowerCase(),
      fingerprint: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
      notBefore: leaf.validFromDate,
      notAfter: leaf.validToDate,
      subject: `spiffe://test.dd0c/tenant/${tenant}/agent/${agent}`,
    });
    expect(pki.authority.own.map(({ role, serial }) => [role, serial])).toEqual([
      ['root', new X509Certificate(root).serialNumber.toLowerCase()],
      ['agents', new X509Certificate(agents).serialNumber.toLowerCase()],
      ['servers', new X509Certificate(servers).serialNumber.toLowerCase()],
    ]);
  });

  test.each([[[]], [['*.example.com']], [['a b']], [['']], [['example.com.']], [['-a']], [['a'.repeat(64)]], [['x/24']], [Array.from({ length: 33 }, (_, at) => `h${at}`)]])(
    'is no server of the names %j',
    async (hosts) => {
      await expect(pki.authority.issueServer(hosts)).rejects.toMatchObject({ code: 'policy-refused' });
    },
  );

  test('ends no later than the intermediate that signs it', async () => {
    const late = await openTestPki({ document: pki.document, nowMs: livesOf(agents)[1] - 23 * hourMs });

    await expect(late.issueAgent(tenant, agent)).rejects.toMatchObject({ code: 'policy-refused', facts: { reason: 'the authority that signs it ends before it does' } });
  });
});

const openssl = findOpenssl();
describe.skipIf(openssl === null)(`openssl${openssl === null ? ' [not run: openssl on PATH]' : ''}`, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dd0c-openssl-'));
    for (const [name, der] of Object.entries({ root, agents, servers, agentLeaf, serverLeaf })) writeFileSync(join(folder, `${name}.pem`), toPem([der]));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ['an agent as a client', 'sslclient', 'agents', 'agentLeaf'],
    ['a server as a server', 'sslserver', 'servers', 'serverLeaf'],
  ])('accepts %s, strictly', (_what, purpose, above, leaf) => {
    expect(verify(purpose, above, leaf)).toContain(': OK');
  });

  test.each([
    ['an agent as a server', 'sslserver', 'agents', 'agentLeaf'],
    ['a server as a client', 'sslclient', 'servers', 'serverLeaf'],
    ['an agent without its intermediate', 'sslclient', 'servers', 'agentLeaf'],
  ])('refuses %s', (_what, purpose, above, leaf) => {
    expect(verify(purpose, above, leaf)).toMatch(/error \d+ at/);
  });

  test('reads the same names, usage and validity', () => {
    const text = run('x509', '-in', join(folder, 'agentLeaf.pem'), '-noout', '-text');

    expect(text).toContain(`URI:spiffe://test.dd0c/tenant/${tenant}/agent/${agent}`);
    expect(text).toMatch(/Basic Constraints: critical\s+CA:FALSE/);
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature\n/);
    expect(text).toMatch(/Extended Key Usage:\s+TLS Web Client Authentication\n/);
    expect(text).toContain('ASN1 OID: prime256v1');
    expect(text).toContain('Not After : May  2 12:00:00 2026 GMT');
  });

  test('computes the same pin', () => {
    const key = run('x509', '-in', join(folder, 'root.pem'), '-noout', '-pubkey');
    writeFileSync(join(folder, 'root.pub'), key);
    run('pkey', '-pubin', '-in', join(folder, 'root.pub'), '-outform', 'DER', '-out', join(folder, 'root.der'));

    expect(run('dgst', '-sha256', '-r', join(folder, 'root.der')).split(' ')[0]).toBe(pki.authority.pin.slice('sha256:'.length));
  });

  function verify(purpose: string, above: string, leaf: string): string {
    return run(
      'verify', '-x509_strict', '-attime', String(now / 1_000), '-purpose', purpose,
      '-CAfile', join(folder, 'root.pem'), '-untrusted', join(folder, `${above}.pem`), join(folder, `${leaf}.pem`),
    );
  }

  function run(...args: string[]): string {
    try {
      return execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' });
    } catch (error) {
      return error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    }
  }
});

function findOpenssl(): string | null {
  try {
    return execFileSync('openssl', ['version'], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return null;
  }
}

function profileOf(der: Uint8Array) {
  const certificate = new Certificate(Buffer.from(der));
  const basic = certificate.getExtension(BasicConstraintsExtension);
  const usage = certificate.getExtension(KeyUsagesExtension);
  const flags = { digitalSignature: 1, keyCertSign: 32, cRLSign: 64 };
  const names = { '2.5.29.19': 'basicConstraints', '2.5.29.15': 'keyUsage' };
  return {
    subject: certificate.subject,
    ca: basic?.ca,
    pathLength: basic?.pathLength,
    usages: Object.entries(flags).filter(([, flag]) => ((usage?.usages ?? 0) & flag) !== 0).map(([name]) => name),
    purposes: certificate.getExtension(ExtendedKeyUsageExtension)?.usages ?? [],
    names: certificate.getExtension(SubjectAlternativeNameExtension)?.names.toJSON(),
    critical: certificate.extensions.filter(({ critical }) => critical).map(({ type }) => new Map(Object.entries(names)).get(type) ?? type),
  };
}

function livesOf(der: Uint8Array): [number, number] {
  const { validFromDate, validToDate } = new X509Certificate(der);
  return [validFromDate.getTime(), validToDate.getTime()];
}

function two(chain: readonly Uint8Array[]): [Uint8Array, Uint8Array] {
  const [leaf, above] = chain;
  if (leaf === undefined || above === undefined) throw new Error('the chain has fewer than two certificates');
  return [leaf, above];
}
