import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BasicConstraintsExtension, Pkcs10CertificateRequestGenerator, SubjectAlternativeNameExtension } from '#ca/x509/library.ts';
import type { KeyPair } from '#ca/x509/p256.ts';
import { keyOfRequest, writeRequest } from '#ca/x509/request.ts';
import { makeKey } from '#test/harness/pki.ts';

const p256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

describe('a certificate request', () => {
  test('of ours tells the key and nothing else', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

    const request = await writeRequest(privateKey.export({ format: 'pem', type: 'pkcs8' }));

    expect(Buffer.from(await keyOfRequest(request))).toEqual(publicKey.export({ format: 'der', type: 'spki' }));
    expect(request.length).toBeLessThan(220);
  });

  test('may ask for any names and powers: they are not read', async () => {
    const request = await make(p256, {
      name: [{ CN: ['*.example.com\u0000.evil'] }, { CN: ['second'] }, { O: ['admin'.repeat(200)] }],
      extensions: [new SubjectAlternativeNameExtension([{ type: 'url', value: 'spiffe://test.dd0c/tenant/x/agent/y' }, { type: 'dns', value: 'localhost' }]), new BasicConstraintsExtension(true, 9, true)],
    });

    expect(await keyOfRequest(request)).toHaveLength(91);
  });

  test.each([
    ['P-384', { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' }],
    ['RSA', { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }],
    ['Ed25519', { name: 'Ed25519' }],
  ])('with a key that is %s is refused', async (_name, algorithm) => {
    await expect(keyOfRequest(await make(algorithm))).rejects.toMatchObject({ code: 'csr-invalid', facts: { reason: 'the key is not P-256' } });
  });

  test('signed with SHA-1 is refused', async () => {
    await expect(keyOfRequest(await make({ ...p256, hash: 'SHA-1' }))).rejects.toMatchObject({ code: 'csr-invalid', facts: { reason: 'not signed by its key' } });
  });

  test('for the key of somebody else is refused', async () => {
    const theirs = await crypto.subtle.generateKey(p256, true, ['sign', 'verify']);
    const mine = await crypto.subtle.generateKey(p256, true, ['sign', 'verify']);

    const request = await make(p256, {}, { publicKey: theirs.publicKey, privateKey: mine.privateKey });

    await expect(keyOfRequest(request)).rejects.toMatchObject({ code: 'csr-invalid', facts: { reason: 'not signed by its key' } });
  });

  test('with a point that is not on the curve is refused', async () => {
    const request = Buffer.from(await writeRequest(makeKey()));
    const point = request.indexOf(Buffer.from('03420004', 'hex')) + 4;
    request.fill(0x11, point, point + 64);

    await expect(keyOfRequest(request)).rejects.toMatchObject({ code: 'csr-invalid' });
  });

  test('with any byte changed, cut off or followed by others is refused: there is one writing of it', async () => {
    const request = Buffer.from(await writeRequest(makeKey()));
    await fc.assert(
      fc.asyncProperty(fc.nat(request.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Buffer.from(request);
        changed[at] = (changed[at] ?? 0) ^ flip;
        expect(await verdict(changed)).toBe('csr-invalid');
      }),
    );
    for (const broken of [request.subarray(0, 100), Buffer.alloc(0), Buffer.alloc(9_000, 0x30), Buffer.concat([request, Buffer.alloc(9_000)]), Buffer.concat([request, Buffer.alloc(1)]), Buffer.concat([request, request])]) {
      expect(await verdict(broken)).toBe('csr-invalid');
    }
  });

  test('that is any bytes is refused', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => { expect(await verdict(bytes)).toBe('csr-invalid'); }));
  });

  test('that nests without end is refused without a stack overflow', async () => {
    const nested = Buffer.from('3080'.repeat(4_000), 'hex');

    expect(await verdict(nested)).toBe('csr-invalid');
  });
});

async function verdict(bytes: Uint8Array): Promise<string> {
  try {
    return Buffer.from(await keyOfRequest(bytes)).toString('hex');
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'thrown by accident';
  }
}

async function make(
  algorithm: { readonly name: string; readonly hash?: string },
  more: Partial<Parameters<typeof Pkcs10CertificateRequestGenerator.create>[0]> = {},
  keys?: KeyPair,
): Promise<Uint8Array> {
  const pair = keys ?? ((await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as KeyPair);
  const request = await Pkcs10CertificateRequestGenerator.create({ keys: pair, signingAlgorithm: algorithm, ...more });
  return new Uint8Array(request.rawData);
}
