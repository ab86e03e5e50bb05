import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readIdentity } from '#agent/identity/identity.ts';
import { fingerprintOfTrust } from '#ca/x509/fingerprint.ts';
import { capabilities } from '#proto/domain/capability.ts';
import { makePostgresDatabase, onPostgres } from '#test/harness/databases.ts';
import { startInstallation } from '#test/harness/installation.ts';
import { hello, type RawLink, rawLink } from '#test/harness/raw-link.ts';

onPostgres('two servers over one Postgres', (postgres) => {
  test('share a rotation: what is done on one reaches the agents on the other, and ends what it retires there, too', { timeout: 120_000 }, async () => {
    const url = await makePostgresDatabase(postgres());
    const first = await startInstallation({ args: ['--database-url', url] });
    const second = await startInstallation({ args: ['--database-url', url, '--seal-key', join(first.data, 'ca', 'seal.key')] });
    const folder = await first.enrol('host'); // by the first, and known to the second
    const { trustBundle, key, certificateChain } = readIdentity(folder);
    const link = (): RawLink => {
      const raw = rawLink(second.plane.ready.grpc, trustBundle, { key, certificateChain });
      raw.send({ ...hello(randomUUID()), capabilities: [capabilities.trust] } as Parameters<RawLink['send']>[0]);
      return raw;
    };
    const step = async (body: object): Promise<void> => expect(await first.ask('POST', '/v1/ca/rotation', body)).toMatchObject({ status: 200 });

    const live = link();
    expect(second.plane.ready.caPin).toBe(first.plane.ready.caPin);
    const { roots } = await live.next('trust-offer'); // it did not say what it has
    expect(roots).toHaveLength(1);
    live.send({ kind: 'trust-kept', fingerprint: fingerprintOfTrust(roots) });

    await step({ step: 'prepare' });
    await step({ step: 'trust' });
    const offer = await live.next('trust-offer');
    expect([offer.roots.length, offer.vouchers.length]).toEqual([2, 1]);

    await step({ step: 'issue', force: true });
    await step({ step: 'retire', force: true });
    expect((await live.ended).fault).toBe('certificate-retired');
    expect(await link().ended).toMatchObject({ fault: expect.toSatisfy((fault) => fault === null || fault === 'certificate-retired') as string });
    await expect.poll(async () => (await link().ended).code, { timeout: 10_000 }).toBe('UNAVAILABLE'); // soon in the handshake already

    await Promise.all([second.stop(), first.stop()]);
    for (const each of [first.data, second.data, folder]) rmSync(each, { recursive: true, force: true });
  });
});
