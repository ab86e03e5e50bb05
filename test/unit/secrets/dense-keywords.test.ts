import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDetector } from '#secrets/detector.ts';

const detect = createDetector();
const left = (text: string): string => [...detect(text)].reduce((rest, { start, end }) => rest.slice(0, start) + '*'.repeat(end - start) + rest.slice(end), text);
const isDense = (text: string): boolean => detect(text).some(({ rule }) => rule === 'context/too-dense');

const crowds = ['mysql -P"a', 'otpauth://;SECRET=aaaa ', '://@', 'rootpw --username=aaaa\u0001', '$1$', 'ops_eyJ', 'sk_test_sk_live_a\u0001', 'htpasswd -a '];
const secret = 'Tr4iler-Mist-77';

describe('keywords in a crowd are not looked at for ever', () => {
  test.each(crowds)('%j', (unit) => {
    expect(isDense(unit.repeat(Math.ceil(200_000 / unit.length)))).toBe(true);
  });
});

test('a secret in a crowd, before it or behind it never stays', () => {
  fc.assert(
    fc.property(fc.constantFrom(...crowds), fc.nat({ max: 60_000 }), fc.nat({ max: 3_000 }), (unit, place, distance) => {
      const crowd = unit.repeat(Math.ceil(60_000 / unit.length));
      const line = `\nDB_PASSWORD=${secret}\n`;
      const gap = 'the lake is still and cold today\n'.repeat(Math.ceil(distance / 33));

      expect(left(`${crowd.slice(0, place)}${line}${crowd.slice(place)}`)).not.toContain(secret);
      expect(left(`${crowd}${gap}${line}`)).not.toContain(secret);
      expect(left(`${line}${gap}${crowd}`)).not.toContain(secret);
    }),
    { numRuns: 60 },
  );
});

test('what stands far behind a crowd is left as it is', () => {
  const prose = 'the lake is still and cold today\n'.repeat(2_000);

  expect(left(`${'otpauth://;SECRET=aaaa '.repeat(6_000)}${prose}`).endsWith(prose.slice(-40_000))).toBe(true);
});

test('base64 of zeros and long lists of services are no crowd', () => {
  const names = Array.from({ length: 3_000 }, (_, at) => ['sendgrid', 'stripe', 'mailgun', 'datadog', 'the lake', 'a boat', 'north wind'][at % 7]).join(', ');

  expect([Buffer.alloc(60_000).toString('base64'), names].filter((text) => left(text) !== text)).toEqual([]);
});
