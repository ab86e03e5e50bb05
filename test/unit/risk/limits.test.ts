import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAtLeast } from '#proto/domain/risk.ts';
import { classify } from '#risk/classify.ts';

const deep = (open: string, close: string, depth: number): string => `${open.repeat(depth)}ls${close.repeat(depth)}`;

test.each([
  ['a megabyte of one word', 'a'.repeat(1_000_000)],
  ['a megabyte of pipes', 'ls | '.repeat(200_000)],
  ['ten thousand pipes', `${'ls | '.repeat(10_000)}ls`],
  ['ten thousand commands', 'ls;'.repeat(10_000)],
  ['deep round brackets', deep('( ', ' )', 5_000)],
  ['deep substitutions', deep('$(', ')', 5_000)],
  ['deep braces', deep('{ ', '; }', 5_000)],
  ['deep loops', `${'while ls; do '.repeat(40)}ls;${' done;'.repeat(40)}`],
  ['deep tests', `[[ ${'( '.repeat(3_000)}a${' )'.repeat(3_000)} ]]`],
  ['deep arithmetic', `echo $((${'('.repeat(3_000)}1${')'.repeat(3_000)}))`],
  ['many braces', `echo ${'{a,b}'.repeat(40)}`],
  ['a great range', 'echo {1..999999999}'],
  ['deep wrappers', `${'sudo '.repeat(3_000)}ls`],
  ['deep shells', 'eval '.repeat(500) + 'ls'],
  ['deeper shells', 'eval '.repeat(3_000) + 'ls'],
  ['a statement of nothing but its words', `psql -c '${'UPDATE SET '.repeat(720)}'`],
  ['sed code of empty lines', `sed '${'\n'.repeat(8_000)}'`],
  ['many redirections', 'print >a '.repeat(900)],
  ['many heredocs', 'cat <<E\nx\nE\n'.repeat(4_500)],
  ['nested default values', `echo ${'${x:-'.repeat(2_000)}1${'}'.repeat(2_000)}`],
  ['printf without end', `printf "${'%s'.repeat(20_000)}" x | sh`],
])('%s is answered at once', (_, text) => {
  const begin = performance.now();

  const verdict = classify(text);

  expect(performance.now() - begin).toBeLessThan(5_000);
  expect(verdict.reasons.length).toBeGreaterThan(0);
});

test.each(['ls | '.repeat(10_000) + 'ls', 'a'.repeat(70_000), deep('$(', ')', 1_000), 'sudo '.repeat(3_000) + 'ls'])('what is too long, too deep or too much is dangerous and says so', (text) => {
  const { risk, reasons } = classify(text);

  expect(risk).toBe('dangerous');
  expect(reasons.some(({ rule }) => /^(too-(long|deep|many)|not-parsed|not-understood)$/.test(rule))).toBe(true);
});

test('no text makes it throw, and every answer has a reason with a span inside the text', () => {
  const signs = fc.string({ unit: fc.oneof(fc.constantFrom(...'\'"`$(){}[]<>|&;!#\\*?~=+-%@:,./ \n\tabrm-rf\u200b\u00a0é'.split('')), fc.string({ minLength: 1, maxLength: 1, unit: 'binary' })), maxLength: 60 });

  fc.assert(
    fc.property(signs, (text) => {
      const { risk, reasons } = classify(text);
      expect(reasons.length).toBeGreaterThan(0);
      for (const { span: [start, end] } of reasons) expect([start <= end, start >= 0, end <= text.length]).toEqual([true, true, true]);
      expect(isAtLeast(risk, 'read_only')).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  ['kubectl get pods\u200b', 'hidden-character'],
  ['echo safe\u202e; rm x', 'hidden-character'],
  ['ls \u0007', 'hidden-character'],
  ['ls\r\n', 'hidden-character'],
  ['k\u0443bectl get pods', 'mixed-script'],
  ['cat h\u043ete.txt', 'mixed-script'],
  ['kubectl get pods \u2013n kube', 'look-alike'],
  ['\u0455\u0455\u04bb host', 'look-alike'],
  ['\u{ff52}\u{ff4d} x', 'look-alike'],
])('%j is dangerous at least, and %s is named', (text, rule) => {
  const { risk, reasons } = classify(text);

  expect(isAtLeast(risk, 'dangerous')).toBe(true);
  expect(reasons.map((reason) => reason.rule)).toContain(rule);
});

test('letters of other languages are letters', () => {
  const texts = ["grep -c '日本語' notes.md", 'cat résumé.txt', 'cat отчёт.txt', 'echo "Größe: 10 µs"', 'cat Ελλάδα.md', 'echo "naïve café"', "echo '✅ done'", 'ls 日本語notes'];

  expect(texts.filter((text) => classify(text).risk !== 'read_only')).toEqual([]);
});
