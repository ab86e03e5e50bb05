import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCaPin, parseJoinToken, writeJoinToken } from '#proto/domain/join-token.ts';

const digits = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const tokens = fc.record({
  id: fc.uuid(),
  secret: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
  pin: digits.map((hex) => `sha256:${hex}` as const),
});

describe('a join token', () => {
  test('is read as it was written', () => {
    fc.assert(fc.property(tokens, (token) => { expect(parseJoinToken(writeJoinToken(token))).toEqual(token); }));
  });

  test('needs no quoting in a shell, a URL or YAML', () => {
    fc.assert(fc.property(tokens, (token) => { expect(writeJoinToken(token)).toMatch(/^[A-Za-z0-9._-]{158}$/); }));
  });

  test('with any one character replaced, inserted or removed is another token or none', () => {
    fc.assert(
      fc.property(tokens, fc.nat(157), fc.constantFrom('', ' ', '.', 'x', '0', '\n', 'é'), fc.boolean(), (token, at, instead, insert) => {
        const text = writeJoinToken(token);
        const changed = text.slice(0, at) + instead + text.slice(insert ? at : at + 1);
        fc.pre(changed !== text);

        expect(parseJoinToken(changed)).not.toEqual(token);
      }),
    );
  });

  test('is nothing else', () => {
    fc.assert(fc.property(fc.string(), (text) => { expect(parseJoinToken(text)).toBeNull(); }));
    fc.assert(fc.property(tokens, (token) => { expect(parseJoinToken(`${writeJoinToken(token)}\n`)).toBeNull(); }));
  });
});

describe('a pin', () => {
  test('is taken as dd0c and as openssl write it', () => {
    fc.assert(
      fc.property(digits, (hex) => {
        const colons = (hex.match(/../g) ?? []).join(':').toUpperCase();
        for (const written of [hex, `sha256:${hex}`, `SHA256:${colons}`, colons, ` sha256:${hex}\n`]) expect(parseCaPin(written)).toBe(`sha256:${hex}`);
      }),
    );
  });

  test.each(['', 'sha256:', 'sha1:aa', `sha256:${'a'.repeat(63)}`, `sha256:${'a'.repeat(65)}`, `sha256:${'g'.repeat(64)}`])('is not %j', (text) => {
    expect(parseCaPin(text)).toBeNull();
  });
});
