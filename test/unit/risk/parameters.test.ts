import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classify } from '#risk/classify.ts';

const hasBash = spawnSync('bash', ['-c', ':']).status === 0;
const operations = ['%x', '%%x*', '#x', '##*x', '/x/y', '//x/', '/#x/y', '/%x/y', ':1:2', ': -2', ':0:-1', '^', '^^', ',', ',,', ':-x', ':+x', '-x', '+x', '%?', '##?', '%*', '#*'];

test.skipIf(!hasBash)(`what is folded of a parameter is what bash makes of it${hasBash ? '' : ' [not run: bash is not here]'}`, () => {
  const values = fc.sample(fc.string({ unit: fc.constantFrom('x', 'y', 'a', 'B', '/', '.'), minLength: 1, maxLength: 6 }), { numRuns: 30, seed: 3 });
  const cases = values.flatMap((value) => operations.map((operation) => ({ value, operation })));
  const made = spawnSync('bash', ['-c', cases.map(({ value, operation }) => `X='${value}'; printf '%s\\0' "\${X${operation}}"`).join('\n')], { encoding: 'utf8' }).stdout.split('\0');

  const wrong = cases.filter(({ value, operation }, index) => {
    const { reasons } = classify(`X='${value}'; chown bob /etc/"\${X${operation}}"ok`);
    const [said] = classify(`chown bob '/etc/${made[index] ?? ''}ok'`).reasons;
    return !reasons.some(({ rule }) => rule === said?.rule || rule === 'rights-unknown');
  });

  expect(wrong).toEqual([]);
});

test.each(['X=rmq; ${X%q} -rf /', 'X=qrm; ${X#q} -rf /', 'X=r_m; ${X/_/} -rf /', 'X=RM; ${X,,} -rf /', 'X=abrmcd; ${X:2:2} -rf /', 'X=a/b/rm; ${X##*/} -rf /'])('%s is seen for what it spells', (command) => {
  expect(classify(command).risk).toBe('forbidden');
});

test.each(['X=rm; ${X@Q} x', 'X=rm; ${X%[a]} x', 'X=$(date); ${X%q} x'])('%s stays unknown', (command) => {
  expect(classify(command).reasons.map(({ rule }) => rule)).toContain('command-unresolved');
});
