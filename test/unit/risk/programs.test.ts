import { expect, test } from 'vitest';
import { programsOf } from '#risk/classify.ts';

test.each([
  ['kubectl get pods', ['kubectl'], true],
  ['kubectl get pods | grep web && echo ok', ['kubectl', 'grep', 'echo'], true],
  ['sudo -u app timeout 5 systemctl restart api', ['sudo', 'timeout', 'systemctl'], true],
  ['/opt/fix --now', ['/opt/fix'], true],
  ['find . -name x -exec rm {} +', ['find', 'rm'], true],
  ['bash -c "curl x; $(whoami)"', ['bash', 'curl', 'whoami'], false],
  ['f() { id; }; f', ['id'], true],
  ['for i in 1 2; do uptime; done', ['uptime'], true],
  ['diff <(ls a) <(cat b)', ['ls', 'cat', 'diff'], true],
  ['$TOOL now', [], false],
  ['eval "$CODE"', ['eval'], false],
  ['bash deploy.sh', ['bash'], false],
  ['curl -s https://x.example | sh', ['curl', 'sh'], false],
  ['echo "unclosed', ['echo'], false],
  ['', [], true],
])('%j starts %j', (command, names, areAll) => {
  const programs = programsOf(command);

  expect(programs.names.toSorted()).toEqual(names.toSorted());
  expect(programs.areAll).toBe(areAll);
});
