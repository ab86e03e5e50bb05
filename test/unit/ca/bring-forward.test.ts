import { randomBytes, X509Certificate } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { openAuthority } from '#ca/authority.ts';
import { bringForward, notYetValid } from '#ca/bring-forward.ts';
import type { AuthorityDocument } from '#ca/document.ts';
import { foundAuthority } from '#ca/found.ts';
import { writeRequest } from '#ca/x509/request.ts';
import { toAgentId, toTenantId } from '#proto/domain/identity.ts';
import { uuidOf } from '#test/fakes/facts.ts';
import { makeKey } from '#test/harness/pki.ts';

const dayMs = 24 * 3_600_000;
const nowMs = Date.parse('2026-05-01T12:00:00Z');
const aheadMs = nowMs + 2 * dayMs;
let ahead: AuthorityDocument;

beforeAll(async () => {
  ahead = await foundAuthority('test.dd0c', { nowMs: aheadMs, randomBytes });
});

test('an authority that was made while the clock was ahead is certified anew: same keys, same pin, same end, and valid now', async () => {
  const mended = await bringForward(ahead, { nowMs, randomBytes });

  expect(notYetValid(ahead, nowMs)).toHaveLength(3);
  expect(notYetValid(mended, nowMs)).toEqual([]);
  const [before, after] = [await open(ahead), await open(mended)];
  expect(after.pin).toBe(before.pin);
  expect(after.own.map(({ role, subject, keyHash, notAfter }) => [role, subject, keyHash, notAfter])).toEqual(before.own.map(({ role, subject, keyHash, notAfter }) => [role, subject, keyHash, notAfter]));
  expect(after.own.map(({ serial }) => serial)).not.toEqual(before.own.map(({ serial }) => serial));

  const { certificateChain } = await after.issueServer(['localhost']);
  const chain = certificateChain.split(/(?<=-----END CERTIFICATE-----\n)/).filter((pem) => pem.trim() !== '').map((pem) => new X509Certificate(pem));
  expect(chain).toHaveLength(3);
  for (const [at, certificate] of chain.entries()) {
    const issuer = chain[at + 1] ?? certificate;
    expect([certificate.checkIssued(issuer), certificate.verify(issuer.publicKey), certificate.validFromDate.getTime() <= nowMs]).toEqual([true, true, true]);
  }
});

test('what it issued before is still its own', async () => {
  const accepted = await (await open(ahead)).acceptRequest(await writeRequest(makeKey()));
  const { chain: [leaf = new Uint8Array()] } = await accepted.issueFor(toTenantId(uuidOf(1)), toAgentId(uuidOf(2)));

  const mended = await open(await bringForward(ahead, { nowMs, randomBytes }));

  expect(mended.issuerOf(new X509Certificate(leaf))).not.toBeNull();
});

test('one that has begun stays as it is, and a clock that is years behind ends nothing early', async () => {
  const fine = await foundAuthority('test.dd0c', { nowMs, randomBytes });

  expect(await bringForward(fine, { nowMs, randomBytes })).toEqual(fine);
  const behind = await bringForward(fine, { nowMs: 0, randomBytes });
  expect(notYetValid(behind, 0)).toEqual([]);
  expect(new X509Certificate(behind.current.root).validToDate).toEqual(new X509Certificate(fine.current.root).validToDate);
});

test('without the key of the root it cannot be done, and says so', async () => {
  const { [ahead.current.rootKey]: _, ...keys } = ahead.keys;

  await expect(bringForward({ ...ahead, keys }, { nowMs, randomBytes })).rejects.toMatchObject({ code: 'root-key-elsewhere' });
});

function open(document: AuthorityDocument) {
  return openAuthority(document, { now: () => nowMs, randomBytes });
}
