import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createDetector } from '#secrets/detector.ts';
import type { Hit } from '#secrets/hit.ts';

const detect = createDetector();
const length = 100_000;

/** Units of nothing but names, with what may part them. */
const dense = ['password ', 'password|', 'token,', 'api_key="', 'password token\n', 'key: ', '"secret":', 'pin=1 ', '<password>', 'password['];

describe('names that stand denser than anybody writes them are masked unread and told as such:', () => {
  test.each(dense)('%j', (unit) => {
    const text = unit.repeat(Math.ceil(length / unit.length));

    const masked = coveredBy(detect(text).filter(isTooDense), text.length);

    expect(masked / text.length).toBeGreaterThan(0.85);
  });
});

describe('a secret is masked', () => {
  const secret = `${randomBytes(12).toString('hex')}Zx9!`;
  const crowd = 'password token '.repeat(2_000);

  test('where it stands among names that are too dense', () => {
    for (const at of [3_000, 15_000, 15_360, 25_005]) expect(left(`${crowd.slice(0, at)} password=${secret}\n${crowd}`, secret)).toBe(false);
  });

  test('where it stands behind them, and what follows is read again at once', () => {
    const plain = 'The quick brown fox jumps over the lazy dog and is not seen again.\n'.repeat(80);
    const text = `${crowd}${plain}db_password = "${secret}"\n${plain}`;
    const hits = detect(text);

    expect(left(text, secret)).toBe(false);
    expect(hits.some(({ rule, start }) => rule === 'context/secret-name' && start === text.indexOf(secret))).toBe(true);
    expect(hits.filter(isTooDense).every(({ end }) => end < text.indexOf(plain) + 4_200)).toBe(true);
  });
});

test.each(['DB_PASS=ab12cd34\n', '- key: region-a1\n', '{"key":"k1","value":"v1"},\n', 'session 12345 opened\n', 'if (key === "Enter")\n'])('a long text of %j is read to its end', (line) => {
  expect(detect(line.repeat(6_000)).filter(isTooDense)).toEqual([]);
});

function isTooDense({ rule }: Hit): boolean {
  return rule === 'context/too-dense';
}

function left(text: string, secret: string): boolean {
  const at = text.indexOf(secret);
  return coveredBy(detect(text).map((hit) => ({ ...hit, start: Math.max(at, hit.start), end: Math.min(at + secret.length, hit.end) })).filter(({ start, end }) => end > start), text.length) < secret.length;
}

function coveredBy(hits: readonly Hit[], size: number): number {
  const covered = new Uint8Array(size);
  for (const { start, end } of hits) covered.fill(1, start, end);
  return covered.reduce((sum, bit) => sum + bit, 0);
}
