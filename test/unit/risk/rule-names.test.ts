import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classify } from '#risk/classify.ts';
import { namesOf, tools } from '#risk/verbs.ts';

const programs = tools.flatMap(namesOf).filter((name) => /^[a-z]+$/.test(name));
const verbs = ['get', 'delete', 'stop', 'create', 'apply', 'rm', 'list', 'show', 'config', 'set', 'exec', 'run', 's3', 'iam', 'state', 'push', 'secret'];
const mark = 'zqxjkv';
const shapes = [mark, `--${mark}`, `--${mark}=1`, `-${mark}`, `/tmp/${mark}/x`, `${mark}=1`, `${mark}-${mark}`, `'${mark} ${mark}'`, `s3://${mark}`, `https://${mark}/x`, `@${mark}`];

test('no part of a command ever stands in the name of a rule', () => {
  const word = fc.oneof(fc.constantFrom(...shapes), fc.constantFrom(...verbs), fc.constantFrom('-f', '-o', '-c', '-e', '--all', '-n', '-R'));

  fc.assert(
    fc.property(fc.constantFrom(...programs), fc.array(word, { minLength: 1, maxLength: 4 }), (program, words) => {
      const rules = classify(`${program} ${words.join(' ')}`).reasons.map(({ rule }) => rule);

      expect(rules.filter((rule) => rule.includes(mark) || !/^[\w.-]{1,60}$/.test(rule))).toEqual([]);
    }),
    { numRuns: 4_000 },
  );
});

test.each([
  ['cp /srv/dr/cluster/revision-6 /srv/live', 'cp'],
  ['GIT_ZQXJKV=1 ls', 'environment.options'],
  ['aws s3 zqxjkv s3://x', 's3.delete'],
  ['kubectl rollout restart deploy/x', 'kubectl.rollout-restart'],
  ['systemctl stop nginx', 'systemctl.stop'],
])('%s is told by a name that stays', (command, rule) => {
  expect(classify(command).reasons.map((reason) => reason.rule)).toContain(rule);
});
