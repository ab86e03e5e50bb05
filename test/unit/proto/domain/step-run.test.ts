import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { argvOf, commandText, quote } from '#proto/domain/step-run.ts';

test('what a person reads of a command is what a shell would run, word by word', () => {
  const word = fc.string({ maxLength: 12, unit: fc.constantFrom("'", '"', '$', '`', '\\', '\n', ' ', '*', ';', '&', '|', '-', 'a', 'é', '(', ')', '!') });
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      const text = commandText({ kind: 'command', words: ['printf', '%s\\0', ...words] }, {});

      expect(execFileSync('sh', ['-c', text]).toString().split('\0').slice(0, -1)).toEqual(words);
    }),
    { numRuns: 100 },
  );
});

test('environment comes first, each value quoted', () => {
  expect(commandText({ kind: 'command', words: ['kubectl', 'get', 'pods', 'a b'] }, { NS: "x'; id", KUBECONFIG: '/k' })).toBe(
    String.raw`KUBECONFIG=/k NS='x'\''; id' kubectl get pods 'a b'`,
  );
  expect(commandText({ kind: 'script', shell: 'bash', text: 'echo "$NS"' }, { NS: 'x' })).toBe('NS=x\necho "$NS"');
});

test('a script ends at its first failure', () => {
  expect(argvOf({ kind: 'script', shell: 'bash', text: 'true' })).toEqual(['bash', '-euo', 'pipefail', '-c', 'true']);
  expect(argvOf({ kind: 'command', words: ['ls', '-l'] })).toEqual(['ls', '-l']);
});

test('a tilde, a glob or an equals sign is not left bare', () => {
  expect(['~', 'a*', 'PATH=x', ''].map(quote)).toEqual(["'~'", "'a*'", "'PATH=x'", "''"]);
});
