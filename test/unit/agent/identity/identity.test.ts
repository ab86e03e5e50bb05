import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadIdentity, readIdentity } from '#agent/identity/identity.ts';
import { loadOrCreateScrubKey } from '#agent/identity/scrub-key.ts';
import { toAgentId, toTenantId } from '#proto/domain/identity.ts';
import { makeKey, openTestPki, type TestPki } from '#test/harness/pki.ts';

const tenant = toTenantId('10000000-0000-4000-8000-000000000001');
const agent = toAgentId('30000000-0000-4000-8000-000000000003');

let pki: TestPki;
let dataDir: string;

beforeAll(async () => {
  pki = await openTestPki();
});
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'dd0c-agent-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('an identity', () => {
  test('is read as enrolment left it', async () => {
    const { key, certificateChain, issued } = await write('identity');

    expect(loadIdentity(dataDir, Date.now())).toEqual({
      trustDomain: 'test.dd0c',
      tenant,
      agent,
      address: 'localhost:7331',
      key,
      certificateChain,
      trustBundle: pki.trustBundle,
      serial: issued.serial,
      notBefore: issued.notBefore,
      notAfter: issued.notAfter,
      enrolledAt: new Date('2026-05-01T12:00:00Z'),
      enrolAddress: null,
      recoveryKey: null,
    });
  });

  test('that is not there is not enrolled', () => {
    expect(() => readIdentity(dataDir)).toThrow(expect.objectContaining({ code: 'not-enrolled' }));
  });

  test('of which only the scrub key is there is not enrolled', async () => {
    await loadOrCreateScrubKey(dataDir);

    expect(() => readIdentity(dataDir)).toThrow(expect.objectContaining({ code: 'not-enrolled' }));
  });

  test('has expired with the second in which its certificate ends, and can still be read', async () => {
    const { issued } = await write('identity');
    const end = issued.notAfter.getTime();

    expect(loadIdentity(dataDir, end - 1).serial).toBe(issued.serial);
    expect(() => loadIdentity(dataDir, end)).toThrow(expect.objectContaining({ code: 'certificate-expired', facts: expect.objectContaining({ serial: issued.serial }) }));
    expect(readIdentity(dataDir).serial).toBe(issued.serial);
  });

  test.each([
    ['key.pem', 'no key'],
    ['key.pem', ''],
    ['certificate.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
    ['trust.pem', ''],
    ['identity.json', '{'],
    ['identity.json', '{}'],
    ['identity.json', JSON.stringify({ schema: 'dd0c.identity/v1', tenant: 'x', agent, streamAddress: 'a:1', enrolledAt: '2026-05-01T12:00:00Z' })],
  ])('whose %s holds %j is unreadable', async (file, content) => {
    await write('identity');
    writeFileSync(join(dataDir, 'identity', file), content);

    expect(() => readIdentity(dataDir)).toThrow(expect.objectContaining({ code: 'identity-unreadable' }));
  });

  test('whose key belongs to another certificate is unreadable', async () => {
    await write('identity');
    writeFileSync(join(dataDir, 'identity', 'key.pem'), makeKey());

    expect(() => readIdentity(dataDir)).toThrow(expect.objectContaining({ code: 'identity-unreadable', facts: { reason: 'the key is not that of the certificate' } }));
  });

  test.each(['key.pem', 'certificate.pem', 'trust.pem'])('without its %s is unreadable, not absent', async (file) => {
    await write('identity');
    rmSync(join(dataDir, 'identity', file));

    expect(() => readIdentity(dataDir)).toThrow(expect.objectContaining({ code: 'identity-unreadable' }));
  });

  test('is the new one where replacing it was cut off between the two renames', async () => {
    await write('identity');
    const next = await write('identity.next');
    renameSync(join(dataDir, 'identity'), join(dataDir, 'identity.previous'));

    expect(readIdentity(dataDir).serial).toBe(next.issued.serial);
    expect(existsSync(join(dataDir, 'identity.next'))).toBe(false);
  });

  test('is the old one where replacing it had not begun, and absent where the new one is not whole', async () => {
    const { issued } = await write('identity');
    mkdirSync(join(dataDir, 'identity.next'));
    cpSync(join(dataDir, 'identity', 'key.pem'), join(dataDir, 'identity.next', 'key.pem'));

    expect(readIdentity(dataDir).serial).toBe(issued.serial);
    rmSync(join(dataDir, 'identity'), { recursive: true });
    expect(() => readIdentity(dataDir)).toThrow(expect.objectContaining({ code: 'not-enrolled' }));
  });
});

describe('the scrub key', () => {
  test('is made once, of 32 bytes, for this user alone', async () => {
    const key = await loadOrCreateScrubKey(dataDir);

    expect(key).toHaveLength(32);
    expect(Buffer.from(await loadOrCreateScrubKey(dataDir))).toEqual(Buffer.from(key));
    expect(statSync(join(dataDir, 'identity', 'scrub.key')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'identity')).mode & 0o777).toBe(0o700);
  });

  test('is not replaced where it is broken: every secret would look changed', async () => {
    await loadOrCreateScrubKey(dataDir);
    writeFileSync(join(dataDir, 'identity', 'scrub.key'), 'short');

    await expect(loadOrCreateScrubKey(dataDir)).rejects.toMatchObject({ code: 'identity-unreadable' });
    expect(readFileSync(join(dataDir, 'identity', 'scrub.key'), 'utf8')).toBe('short');
  });
});

async function write(folder: string) {
  const given = await pki.issueAgent(tenant, agent);
  const at = join(dataDir, folder);
  mkdirSync(at);
  writeFileSync(join(at, 'key.pem'), given.key);
  writeFileSync(join(at, 'certificate.pem'), given.certificateChain);
  writeFileSync(join(at, 'trust.pem'), pki.trustBundle);
  writeFileSync(join(at, 'identity.json'), JSON.stringify({ schema: 'dd0c.identity/v1', tenant, agent, streamAddress: 'localhost:7331', enrolledAt: '2026-05-01T12:00:00Z' }));
  return given;
}
