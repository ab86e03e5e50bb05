import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseNoProxy } from '#agent/dial/no-proxy.ts';
import { proxyFor, type Variables } from '#agent/dial/proxies.ts';

const target = { host: 'control.example.com', port: 7331 };

describe('which variable names the proxy', () => {
  test.each<[Variables, string]>([
    [{ https_proxy: 'http://a:1' }, 'a:1'],
    [{ HTTPS_PROXY: 'http://a:1' }, 'a:1'],
    [{ ALL_PROXY: 'http://a:1' }, 'a:1'],
    [{ all_proxy: 'http://a:1' }, 'a:1'],
    [{ HTTP_PROXY: 'http://a:1' }, 'a:1'],
    [{ http_proxy: 'http://a:1' }, 'a:1'],
    [{ https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:2', ALL_PROXY: 'http://c:3', http_proxy: 'http://d:4' }, 'a:1'],
    [{ ALL_PROXY: 'http://c:3', http_proxy: 'http://d:4' }, 'c:3'],
    [{ https_proxy: '', HTTPS_PROXY: 'http://b:2' }, 'b:2'],
    [{ https_proxy: '  http://a:1 ' }, 'a:1'],
    [{ https_proxy: 'a.example:3128' }, 'a.example:3128'],
    [{ https_proxy: 'http://a' }, 'a:80'],
    [{ https_proxy: 'https://a' }, 'a:443'],
    [{ https_proxy: 'http://[2001:db8::1]:3128/' }, '2001:db8::1:3128'],
  ])('%j: %s', (env, expected) => {
    const proxy = proxyFor(target, env);

    expect(`${proxy?.host}:${proxy?.port}`).toBe(expected);
  });

  test('none, where none does', () => {
    expect(proxyFor(target, { NO_PROXY: 'a', HTTPS_PROXY: ' ' })).toBeNull();
  });

  test.each(['localhost', '127.0.0.1', '127.9.9.9', '::1', 'LOCALHOST.'])('none, for this host itself: %s', (host) => {
    expect(proxyFor({ host, port: 1 }, { https_proxy: 'http://a:1' })).toBeNull();
  });
});

test('name and password go into the header, decoded, and a colon in the password is kept', () => {
  expect(proxyFor(target, { https_proxy: 'http://me%40corp:p%3Aw@a:1' })?.authorization).toBe(`Basic ${Buffer.from('me@corp:p:w').toString('base64')}`);
});

test.each([
  ['socks5://user:hunter2@a:1', 'socks5:// is not spoken here'],
  ['http://user:hunter2%zz@a:1', 'it is no URL of a proxy'],
  ['http://user:hunter2@:99999999', 'it is no URL of a proxy'],
  ['http://', 'it is no URL of a proxy'],
])('what cannot be used is refused by name, never with the text that may hold a password: %s', (text, reason) => {
  expect(() => proxyFor(target, { HTTPS_PROXY: text })).toThrow(expect.objectContaining({ code: 'proxy-invalid', facts: { variable: 'HTTPS_PROXY', reason } }));
  expect(() => proxyFor(target, { HTTPS_PROXY: text })).not.toThrow(/hunter2/);
});

test('a proxy that cannot be used does no harm where none is wanted', () => {
  expect(proxyFor(target, { HTTPS_PROXY: 'socks5://a:1', NO_PROXY: '*' })).toBeNull();
});

describe('NO_PROXY', () => {
  test.each<[string, string, boolean]>([
    ['*', 'anything.example:1', true],
    ['a, * ,b', 'anything.example:1', true],
    ['example.com', 'example.com:7331', true],
    ['example.com', 'a.b.example.com:7331', true],
    ['.example.com', 'a.example.com:7331', true],
    ['.example.com', 'example.com:7331', true],
    ['*.example.com', 'a.example.com:7331', true],
    ['example.com', 'notexample.com:7331', false],
    ['.example.com', 'notexample.com:7331', false],
    ['example.com', 'example.com.evil.net:7331', false],
    ['EXAMPLE.com', 'a.Example.COM.:7331', true],
    [' other.net ,\texample.com ', 'example.com:7331', true],
    ['other.net example.com', 'example.com:7331', true],
    ['example.com:7331', 'example.com:7331', true],
    ['example.com:7331', 'example.com:443', false],
    ['10.1.2.3', '10.1.2.3:7331', true],
    ['10.1.2.3', '110.1.2.3:7331', false],
    ['1.2.3', '10.1.2.3:7331', false],
    ['10.1.2.3:7331', '10.1.2.3:443', false],
    ['10.0.0.0/8', '10.1.2.3:7331', true],
    ['10.0.0.0/8', '11.1.2.3:7331', false],
    ['10.0.0.0/8', '10.example.com:7331', false],
    ['0.0.0.0/0', '203.0.113.1:7331', true],
    ['2001:db8::1', '2001:db8:0::1:7331', true],
    ['[2001:db8::1]:7331', '2001:db8::1:7331', true],
    ['[2001:db8::1]:443', '2001:db8::1:7331', false],
    ['2001:db8::/32', '2001:db8:ffff::1:7331', true],
    ['2001:db8::/32', '2001:db9::1:7331', false],
    ['10.0.0.0/99,10.0.0.0/x,/8,,:80', '10.1.2.3:7331', false],
  ])('%s of %s: %s', (text, address, expected) => {
    const colon = address.lastIndexOf(':');

    expect(parseNoProxy(text)({ host: address.slice(0, colon), port: Number(address.slice(colon + 1)) })).toBe(expected);
  });

  test('no text breaks it', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f:.*,/%[\] ]{0,40}$/));
    fc.assert(fc.property(text, fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain(), fc.string()), (list, host) => typeof parseNoProxy(list)({ host, port: 443 }) === 'boolean'));
  });

  test('an entry exempts the name and what is below it, and nothing else', () => {
    fc.assert(
      fc.property(fc.domain(), fc.stringMatching(/^[a-z]{1,9}$/), (name, label) => {
        const exempts = parseNoProxy(name);
        expect([name, `${label}.${name}`, `${label}${name}`, `${name}.${label}`].map((host) => exempts({ host, port: 443 }))).toEqual([true, true, false, false]);
      }),
    );
  });
});
