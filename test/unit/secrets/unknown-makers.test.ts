import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDetector } from '#secrets/detector.ts';
import { capabilityUrls } from '#secrets/families/capability-urls.ts';

/** Knows no maker. */
const detect = createDetector({ families: [capabilityUrls] });
const left = (text: string): string => detect(text).reduce((rest, { start, end }) => rest.slice(0, start) + '*'.repeat(end - start) + rest.slice(end), text);

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const drawn = (alphabet: string, length: number) => fc.string({ unit: fc.constantFrom(...alphabet.split('')), minLength: length, maxLength: length });
const base62 = (length: number) => drawn(`${letters}0123456789`, length);
const hex = (length: number) => drawn('0123456789abcdef', length);

/** The same in every run, since what is left is a share of them. */
const drawnSamples = (arbitrary: fc.Arbitrary<string>): readonly string[] => fc.sample(arbitrary, { numRuns: 300, seed: 1_729 });

/** How makers that no family names may write their tokens: some have too few digits to be told from names. */
const tokens: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'a word and 40 letters and digits': base62(40).map((random) => `qzv_${random}`),
  'a word in capitals and 30 capitals and digits': drawn('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 30).map((random) => `QZVK-${random}`),
  'two parts of hex behind a word': fc.tuple(hex(32), hex(16)).map(([one, two]) => `qzv_pt_${one}_${two}`),
  'hex of no digest\'s length': hex(50).map((random) => `qz-${random}`),
  'three parts with dots': fc.tuple(base62(22), base62(43)).map(([id, secret]) => `QZ.${id}.${secret}`),
  'two parts in capitals with dots': fc.tuple(drawn('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 24), drawn('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 64)).map(([id, secret]) => `qz0c01.${id}.${secret}`),
  'two parts of 26 and 52 capitals and digits': fc.tuple(drawn('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 26), drawn('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 52)).map(([id, secret]) => `qzkey-${id}-${secret}`),
};

describe('a token of a maker that is not known is removed, in a sentence and in a field', () => {
  test.each(Object.entries(tokens))('%s', (_, arbitrary) => {
    const samples = drawnSamples(arbitrary);
    const missed = samples.filter((token) => [`login with ${token} failed\n`, `{"note":"${token}"}`].some((text) => left(text).includes(token)));
    expect(missed.length).toBeLessThan(60);
  });
});

describe('a token alone on a line is removed', () => {
  test.each([
    ['a word and 26 letters and digits', base62(26).map((random) => `qzv-${random}`)],
    ['58 letters and digits that are no base64', base62(54).map((random) => `QZTK${random}`)],
    ['a mark in capitals and hex', hex(24).map((random) => `QZJS-${random}`)],
  ])('%s', (_, arbitrary) => {
    const missed = drawnSamples(arbitrary).filter((token) => left(`${token}\n`).includes(token));
    expect(missed.length).toBeLessThan(60);
  });
});

describe('a secret in the path of a URL is removed', () => {
  test.each([
    ['webhook', (token: string) => `curl -X POST https://chat.example.com/hooks/${token}\n`],
    ['webhook of a channel', (token: string) => `{"url":"https://chat.example.com/api/webhooks/general/${token}"}`],
    ['endpoint of an API', (token: string) => `RPC=https://mainnet.example.io/v2/${token}\n`],
  ])('%s', (_, text) => {
    const missed = drawnSamples(base62(32)).filter((token) => left(text(token)).includes(token));
    expect(missed.length).toBeLessThan(30);
  });
});

describe('what tools draw for names, ids and digests is not touched', () => {
  test.each([
    ['pod', fc.tuple(drawn('bcdfghjklmnpqrstvwxz2456789', 10), drawn('bcdfghjklmnpqrstvwxz2456789', 5)).map(([set, pod]) => `checkout-worker-${set}-${pod}`)],
    ['build of a commit', hex(40).map((sha) => `build-${sha}`)],
    ['artifact of a commit', hex(40).map((sha) => `web_${sha}.tar.gz`)],
    ['directory of a digest', hex(64).map((sha) => `layer-${sha}`)],
    ['stack of CloudFormation', drawn('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 13).map((id) => `shop-prod-WebServerGroup-${id}`)],
    ['digest in base64url', fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => `sha256=${Buffer.from(bytes).toString('base64url')}`)],
    ['host of an endpoint', drawn('ABCDEF0123456789', 32).map((id) => `https://${id}.gr7.eu-west-1.eks.amazonaws.com`)],
    ['bundle of a page', hex(20).map((hash) => `assets/index.${hash}.chunk.js`)],
    ['file in an API\'s path', hex(40).map((hash) => `https://api.example.com/v2/${hash}`)],
    ['hook of a component', fc.constant('src/hooks/useRememberedSelectionOfRows.ts')],
  ])('%s', (_, arbitrary) => {
    for (const name of fc.sample(arbitrary, 100)) expect([`created ${name} in 3s\n`, `{"name":"${name}"}`].filter((text) => left(text) !== text)).toEqual([]);
  });
});
