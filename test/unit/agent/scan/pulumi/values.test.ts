import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openProperties } from '#agent/scan/pulumi/values.ts';
import type { JsonObject } from '#proto/domain/json.ts';

const key = '4dabf18193072939515e22adb298388d';
const secret = { [key]: '1b47061264138c4ac30d75fd1eb44270' };

test('a secret in clear text becomes its value and is marked', () => {
  const opened = openProperties({ db: { password: { ...secret, plaintext: '"made-up"' } } });

  expect(opened.values).toEqual({ db: { password: 'made-up' } });
  expect(opened.sensitive).toEqual([['db', 'password']]);
  expect(opened.unknown).toEqual([]);
});

test('a secret in clear text may hold a whole object', () => {
  const opened = openProperties({ auth: { ...secret, plaintext: '{"user":"u","pass":"p"}' } });

  expect(opened.values).toEqual({ auth: { user: 'u', pass: 'p' } });
  expect(opened.sensitive).toEqual([['auth']]);
});

test.each([
  ['an encrypted secret', { ...secret, ciphertext: 'v1:abc' }],
  ['a secret that the CLI hid', '[secret]'],
  ['a hidden secret in an event', { ...secret, ciphertext: '[secret]' }],
])('%s is sensitive and never compared', (_, value) => {
  const opened = openProperties({ password: value });

  expect(opened.sensitive).toEqual([['password']]);
  expect(opened.unknown).toEqual([['password']]);
});

test.each([
  ['an output known only after the update', { [key]: 'd0e6a833031e9bbcd3f4e8bde6ca49a4' }],
  ['the unknown mark of a preview', '04da6b54-80e4-46f7-96ec-b56ff0331ba9'],
  ['a special value of a kind that is not known', { [key]: 'ffffffffffffffffffffffffffffffff', value: 1 }],
])('%s is never compared', (_, value) => {
  const opened = openProperties({ endpoint: value });

  expect(opened.unknown).toEqual([['endpoint']]);
});

test('assets are compared by their hash, references by what they name, and bookkeeping is left out', () => {
  const opened = openProperties({
    code: { [key]: '0def7320c3a5731c473e5ecbe6d01bc7', hash: 'abc', assets: {} },
    bare: { [key]: '0def7320c3a5731c473e5ecbe6d01bc7', assets: { 'a.js': { [key]: 'c44067f5952c0a294b673a41bacd8c17', hash: 'def' } } },
    text: { [key]: 'c44067f5952c0a294b673a41bacd8c17', text: 'abc' },
    labels: { __team: 'kept' },
    parent: { [key]: '5cf8f73096256a8f31e491e813e4eb8e', urn: 'urn:pulumi:a::b::c::d', id: 'i', packageVersion: '1' },
    value: { [key]: 'd0e6a833031e9bbcd3f4e8bde6ca49a4', value: 7, secret: true },
    __defaults: ['x'],
    __meta: '{}',
    __provider: 'exports.handler = …',
  });

  expect(opened.values).toEqual({ code: 'abc', bare: { 'a.js': 'def' }, text: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', labels: { __team: 'kept' }, parent: { urn: 'urn:pulumi:a::b::c::d', id: 'i' }, value: 7 });
  expect(opened.sensitive).toEqual([['value']]);
});

test.each([{ path: '/tmp/x.zip' }, { uri: 'https://example.com/x.zip' }])('an archive of which only a place is told is not compared: %j', (place) => {
  const opened = openProperties({ code: { [key]: '0def7320c3a5731c473e5ecbe6d01bc7', ...place } });

  expect(opened.unknown).toEqual([['code']]);
});

test('whatever the properties, opening them ends and leaves prototypes alone', () => {
  const names = fc.constantFrom('a', 'plaintext', 'ciphertext', 'value', '__proto__', 'constructor', key);
  const { tree } = fc.letrec<{ tree: JsonObject; leaf: string | number | null | boolean | JsonObject }>((tie) => ({
    leaf: fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.boolean(), fc.constant('1b47061264138c4ac30d75fd1eb44270'), tie('tree')),
    tree: fc.dictionary(names, tie('leaf'), { maxKeys: 4 }),
  }));

  fc.assert(
    fc.property(tree, (properties) => {
      openProperties(properties);
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
  );
});
