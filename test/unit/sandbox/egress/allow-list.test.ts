import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reachOf } from '#sandbox/egress/address.ts';
import { parseAllowList, plainHost } from '#sandbox/egress/allow-list.ts';

const at = (host: string, port = 443) => ({ host: plainHost(host) ?? '', port });

test('an empty list permits nothing', () => {
  fc.assert(fc.property(fc.domain(), fc.integer({ min: 1, max: 65_535 }), (host, port) => {
    expect(parseAllowList([]).permits({ host, port })).toBe(false);
  }));
});

test('a name permits itself alone, at its port alone', () => {
  const list = parseAllowList(['api.example.com:443']);

  expect(list.permits(at('api.example.com'))).toBe(true);
  expect(list.permits(at('API.example.com.'))).toBe(true);
  for (const host of ['example.com', 'x.api.example.com', 'api.example.com.evil.test', 'evilapi.example.com', 'api-example.com']) expect(list.permits(at(host))).toBe(false);
  expect(list.permits(at('api.example.com', 80))).toBe(false);
});

test('a star permits what lies below, not the name itself nor what merely ends like it', () => {
  const list = parseAllowList(['*.allowed.test:443']);

  expect(list.permits(at('a.allowed.test'))).toBe(true);
  expect(list.permits(at('a.b.allowed.test'))).toBe(true);
  expect(list.permits(at('allowed.test'))).toBe(false);
  expect(list.permits(at('evilallowed.test'))).toBe(false);
});

test('several ports may follow a host, and a host alone stands for the web', () => {
  const list = parseAllowList(['a.test:8080', '9090', 'b.test']);

  expect([8080, 9090].map((port) => list.permits(at('a.test', port)))).toEqual([true, true]);
  expect([80, 443, 8080].map((port) => list.permits(at('b.test', port)))).toEqual([true, true, false]);
});

test.each(['*:443', '*.com:443', 'a b:1', 'a.test:0', 'a.test:70000', 'a.test\0.b:1', 'http://a.test', '10.0.0.0/8:1', ''])('what is no host and port is refused: %j', (entry) => {
  expect(() => parseAllowList([entry])).toThrow(/net/);
});

test('addresses are addresses in every spelling', () => {
  expect(['127.1', '0177.0.0.1', '2130706433', '0x7f.1', '127.0.0.1.'].map(plainHost)).toEqual(Array.from({ length: 5 }, () => '127.0.0.1'));
  expect(plainHost('[::1]')).toBe('::1');
  expect(plainHost('0:0:0:0:0:0:0:1')).toBe('::1');
});

test.each(['a\0.allowed.test', 'a%00.allowed.test', 'a\r\nb', 'a..b', '-a.test', '', '.', 'a/b', 'a@b', 'a:1', '[::1', 'ä.test'])('neither a name nor an address: %j', (text) => {
  expect(plainHost(text)).toBeNull();
});

test('this host, its link and metadata are dialled only where they are listed as addresses', () => {
  const names = parseAllowList(['meta.example.com:80', '*.allowed.test:80']);
  const special = ['127.0.0.1', '0.0.0.0', '169.254.169.254', '::1', '::', 'fe80::1', 'fd00:ec2::254', '168.63.129.16', '100.100.100.200', '::ffff:169.254.169.254', '::ffff:7f00:1', '64:ff9b::a9fe:a9fe', '2002:a9fe:a9fe::1', '::7f00:1', '224.0.0.1', '255.255.255.255'];
  for (const address of special) {
    expect([address, names.permitsAddress(at('meta.example.com', 80), address)]).toEqual([address, false]);
    expect(names.permitsAddress(at('x.allowed.test', 80), address)).toBe(false);
  }
  const literal = parseAllowList(['169.254.169.254:80', '[::1]:80']);
  expect(literal.permitsAddress(at('169.254.169.254', 80), '169.254.169.254')).toBe(true);
  expect(literal.permitsAddress(at('::1', 80), '::1')).toBe(true);
  expect(literal.permits(at('127.0.0.1', 80))).toBe(false);
});

test('an organisation’s own networks are dialled for a name on the list, not for whatever stands below one', () => {
  const list = parseAllowList(['db.internal:5432', '*.corp.internal:5432']);
  for (const address of ['10.1.2.3', '172.16.0.1', '192.168.1.1', 'fd12::1', '100.64.0.1']) {
    expect(reachOf(address)).toBe('private');
    expect(list.permitsAddress(at('db.internal', 5432), address)).toBe(true);
    expect(list.permitsAddress(at('x.corp.internal', 5432), address)).toBe(false);
  }
});

test('every address is judged, and an IPv4 inside an IPv6 as itself', () => {
  fc.assert(fc.property(fc.ipV4(), (address) => {
    expect(reachOf(`::ffff:${address}`)).toBe(reachOf(address));
  }));
  fc.assert(fc.property(fc.ipV6(), (address) => {
    expect(['public', 'private', 'refused']).toContain(reachOf(address));
  }));
});
