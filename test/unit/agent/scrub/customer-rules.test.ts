import { expect, test } from 'vitest';
import { createScrubber, type Scrubber } from '#agent/scrub/scrubber.ts';
import { CustomerRules } from '#agent/scrub/customer-rules.ts';
import { createCustomerPatterns } from '#agent/scrub/customer-patterns.ts';

const key = new Uint8Array(32).fill(5);

test("a customer's pattern removes its first group, with or without keywords", () => {
  const scrubber = withRules({ patterns: [{ name: 'badge', pattern: 'badge-(\\d{6})', keywords: ['badge'] }, { name: 'plate', pattern: 'M-[A-Z]{2} \\d{4}' }] });

  expect(scrubber.text('badge-123456 at gate, car M-AB 1234').text).toMatch(/^badge-«secret:value:\w{16}» at gate, car «secret:value:\w{16}»$/);
});

test("a customer's names and places are secret", () => {
  const scrubber = withRules({ names: ['launch_word'], paths: ['aws_instance.tags.*'] });
  scrubber.learn({
    address: 'aws_instance.web', type: 'aws_instance', provider: null, id: null, movedFrom: null, ignored: [],
    sides: { live: { values: { tags: { owner: 'Ada Lovelace' } }, sensitive: [], unknown: [], partial: false } },
  });

  expect(scrubber.text('launch_word: kestrel').text).toMatch(/^launch_word: «secret:/);
  expect(scrubber.text('by Ada Lovelace').text).toMatch(/^by «secret:/);
});

test('what a customer allows stays, unless the source itself marks it', () => {
  const scrubber = withRules({ allow: ['session_token', 'Tr4iler-Mist'] });

  expect(scrubber.text('session_token=abc123def456').text).toBe('session_token=abc123def456');
  expect(scrubber.text('password=Tr4iler-Mist').text).toBe('password=Tr4iler-Mist');
  expect(scrubber.text('password=Tr4iler-Fog').text).toMatch(/^password=«secret:/);
});

test('a rule that is none is named when the agent starts', () => {
  expect(() => withRules({ patterns: [{ name: 'open', pattern: '(abc' }] })).toThrow(/scrub-rule-invalid.*rule: open/);
  expect(() => withRules({ patterns: [{ name: 'empty', pattern: 'x*' }] })).toThrow(/matches the empty text/);
  expect(() => withRules({ patterns: [{ name: 'Big Name', pattern: 'x' }] })).toThrow(/Big Name|name/);
  expect(() => withRules({ patterns: [{ name: 'lookbehind', pattern: '(?<=a)b' }] })).toThrow(/rule: lookbehind/);
});

test('where the deadline strikes, what was not looked at is a hit as a whole', () => {
  let time = 0;
  const detect = createCustomerPatterns([{ name: 'slow', pattern: 'zzz', keywords: [] }], () => (time += 90));
  const text = 'x'.repeat(100_000);

  const hits = detect(text);

  expect(hits.at(-1)).toMatchObject({ rule: 'customer/slow:deadline', end: text.length });
  expect(hits.at(-1)?.start).toBeGreaterThan(0);
});

function withRules(rules: Parameters<typeof CustomerRules.parse>[0]): Scrubber {
  return createScrubber({ key, rules: CustomerRules.parse(rules) });
}
