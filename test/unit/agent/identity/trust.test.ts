import { randomBytes, X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { judgeTrust, type OfferedTrust } from '#agent/identity/trust.ts';
import { openSigner } from '#ca/authority.ts';
import { textKeyStore } from '#ca/keys/key-store.ts';
import { vouch } from '#ca/vouch.ts';
import { openTestPki, type TestPki } from '#test/harness/pki.ts';

let known: TestPki;
let successor: TestPki;
let stranger: TestPki;
let voucher: Uint8Array;

beforeAll(async () => {
  [known, successor, stranger] = await Promise.all([openTestPki(), openTestPki(), openTestPki()]);
  voucher = await vouchFor(known, successor);
});

describe('an agent', () => {
  test('takes a successor that a root it trusts vouches for, then that one alone, and goes back as far', () => {
    expect(() => judge([known], { roots: rootsOf(known, successor), vouchers: [voucher] })).not.toThrow();
    expect(() => judge([known, successor], { roots: rootsOf(successor), vouchers: [] })).not.toThrow();
    expect(() => judge([known, successor], { roots: rootsOf(known), vouchers: [] })).not.toThrow();
  });

  test('does not take a root on the word of a server, of the root itself, or of a stranger', async () => {
    const forged = [await vouchFor(stranger, stranger), await vouchFor(stranger, successor), await vouchFor(successor, stranger)];

    for (const vouchers of [[], [voucher], forged]) {
      expect(() => judge([known], { roots: rootsOf(known, stranger), vouchers })).toThrow(expect.objectContaining({ code: 'trust-refused' }));
    }
  });

  test('does not take a voucher of the intermediate, whose key a server has', async () => {
    const { document } = known;
    const [intermediate] = document.current.servers;
    const issuer = await openSigner(intermediate?.key ?? '', new X509Certificate(intermediate?.certificate ?? '').raw, textKeyStore(document.keys));
    const forged = await vouch(issuer, rootsOf(stranger)[0] ?? new Uint8Array(), 'test.dd0c', randomBytes);

    expect(() => judge([known], { roots: rootsOf(known, stranger), vouchers: [forged] })).toThrow(expect.objectContaining({ code: 'trust-refused' }));
  });

  test.each<[string, () => OfferedTrust]>([
    ['none', () => ({ roots: [], vouchers: [] })],
    ['none that it knows', () => ({ roots: rootsOf(successor), vouchers: [voucher] })],
    ['nine', () => ({ roots: Array.from({ length: 9 }, () => rootsOf(known)).flat(), vouchers: [] })],
    ['garbage', () => ({ roots: [Buffer.from('no')], vouchers: [] })],
    ['garbage for a voucher', () => ({ roots: rootsOf(known, successor), vouchers: [Buffer.from('no')] })],
    ['an intermediate', () => ({ roots: [...rootsOf(known), new X509Certificate(known.document.current.agents[0]?.certificate ?? '').raw], vouchers: [voucher] })],
    ['the voucher itself', () => ({ roots: [...rootsOf(known), voucher], vouchers: [voucher] })],
  ])('refuses %s', (_what, offered) => {
    expect(() => judge([known], offered())).toThrow(expect.objectContaining({ code: 'trust-refused' }));
  });

  test('takes none of another trust domain, though its own root vouches for it', async () => {
    const other = await openTestPki({ trustDomain: 'other.dd0c' });

    expect(() => judge([known], { roots: rootsOf(known, other), vouchers: [] })).toThrow(expect.objectContaining({ code: 'trust-refused' }));
    const vouched = await vouchFor(known, other);
    expect(() => judge([known], { roots: rootsOf(known, other), vouchers: [vouched] })).toThrow(expect.objectContaining({ code: 'trust-refused' }));
  });
});

function judge(before: readonly TestPki[], offered: OfferedTrust): void {
  judgeTrust(rootsOf(...before), offered, 'test.dd0c');
}

function rootsOf(...each: readonly TestPki[]): readonly Uint8Array[] {
  return each.flatMap(({ authority }) => authority.trust.roots);
}

async function vouchFor(before: TestPki, after: TestPki): Promise<Uint8Array> {
  const { current, keys } = before.document;
  const root = await openSigner(current.rootKey, new X509Certificate(current.root).raw, textKeyStore(keys));
  return await vouch(root, new X509Certificate(after.document.current.root).raw, after.document.trustDomain, randomBytes);
}
