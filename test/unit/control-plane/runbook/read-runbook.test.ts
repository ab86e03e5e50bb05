import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillStep } from '#control-plane/runbook/document/fill-step.ts';
import { judgeRunbook } from '#control-plane/runbook/document/judge.ts';
import { settle, usualPattern } from '#control-plane/runbook/document/parameter.ts';
import { readRunbook } from '#control-plane/runbook/document/read-runbook.ts';
import type { Runbook } from '#control-plane/runbook/document/runbook.ts';
import { splitWords } from '#control-plane/runbook/document/split-words.ts';
import { Fault } from '#proto/domain/fault.ts';
import { commandText } from '#proto/domain/step-run.ts';
import { classify } from '#risk/classify.ts';

const read = (text: string): Runbook => readRunbook(text).runbook;
const withStep = (step: string, parameters = ''): string => `name: x\ntitle: X\n${parameters}steps:\n  - ${step}\n`;
const judge = (text: string) => judgeRunbook(read(text), classify);

/** The fault of what is not taken. */
function refusal(work: () => unknown): Record<string, unknown> {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return { code: error.code, ...error.facts };
    throw error;
  }
  return { code: 'taken' };
}

describe('a document', () => {
  test('means its words, with every limit said', () => {
    const { steps, parameters, selector } = read(`
name: restart-api
title: Restart the API
for: { type: aws_*, severity: high, address: 'module.net.*' }
parameters:
  - { name: namespace, type: string, pattern: '[a-z0-9-]{1,63}', from: finding.after.metadata.namespace }
steps:
  - id: look
    run: kubectl -n {{ namespace }} get pods -l "app=api"
    timeout: 30s
  - id: fix
    script: |
      kubectl -n "$NS" rollout restart deploy/api
    env: { NS: '{{ namespace }}' }
    secrets: [kubeconfig]
    sandbox: { network: ['kube.internal:6443'], read: [/etc/kube], tier: 1 }
    memory: 256MiB
    idempotent: true
    retries: 2
    probe: kubectl get pods
    rollback: { script: kubectl rollout undo deploy/api }
    expect: { exit: [0, 2], output: restarted }
`);

    expect(selector).toEqual({ type: ['aws_*'], severity: 'high', address: 'module.net.*' });
    expect(parameters).toMatchObject([{ name: 'namespace', from: 'finding.after.metadata.namespace' }]);
    expect(steps).toMatchObject([
      { run: { kind: 'command', words: ['kubectl', '-n', '{{ namespace }}', 'get', 'pods', '-l', 'app=api'] }, limits: { timeoutMs: 30_000 }, probe: null },
      { run: { kind: 'script', shell: 'bash' }, sandbox: { network: ['kube.internal:6443'], readable: ['/etc/kube'], tier: 1 }, limits: { memoryBytes: 256 * 1024 ** 2 }, retries: 2, expect: { exit: [0, 2], output: 'restarted' } },
    ]);
  });

  const bomb = `a: &a [x, x]\nb: &b [*a, *a]\nname: x\n`;
  test.each([
    ['a bomb', bomb, 1, /anchors and aliases/],
    ['a key twice', 'name: x\ntitle: X\nname: y\nsteps: []', 3, /twice/],
    ['a tag', 'name: !!js/function x\ntitle: X', 1, /tag/i],
    ['two documents', 'name: x\n---\nname: y', 2, /more than one/],
    ['a field that there is not', 'name: x\ntitle: X\ntrust: auto\nsteps: [{ id: a, run: ls }]', 3, /no such field/],
    ['the same one level down', 'name: x\ntitle: X\nsteps:\n  - id: a\n    run: ls\n    approved: true', 6, /no such field/],
    ['a time that is none', withStep('{ id: a, run: ls, timeout: soon }'), 4, /30s/],
    ['both run and script', withStep('{ id: a, run: ls, script: ls }'), 4, /either run or script/],
    ['neither', withStep('{ id: a }'), 4, /either run or script/],
    ['retries of what is not idempotent', withStep('{ id: a, run: ls, retries: 1 }'), 4, /idempotent/],
    ['a step twice', 'name: x\ntitle: X\nsteps:\n  - { id: a, run: ls }\n  - { id: a, run: ls }', 5, /twice/],
    ['a pipe in a run', withStep('{ id: a, run: "ls | sh" }'), 4, /no shell reads a run/],
    ['a variable in a run', withStep('{ id: a, run: "ls $HOME" }'), 4, /no shell/],
    ['an open quote', withStep(`{ id: a, run: "ls 'x" }`), 4, /quote is not closed/],
    ['a parameter that there is not', withStep('{ id: a, run: "ls {{ x }}" }'), 4, /no parameter x/],
    ['a parameter as program', withStep('{ id: a, run: "{{ p }} x" }', 'parameters: [{ name: p, type: string }]\n'), 5, /not for a parameter to choose/],
    ['a parameter in a script', withStep('{ id: a, script: "rm {{ p }}" }', 'parameters: [{ name: p, type: string }]\n'), 5, /never put into a script/],
    ['a variable that steers programs', withStep('{ id: a, run: ls, env: { LD_PRELOAD: /tmp/x } }'), 4, /cannot be set/],
    ['a pattern that is none', withStep('{ id: a, run: ls }', "parameters: [{ name: p, type: string, pattern: '(' }]\n"), 3, /RE2/],
    ['a hidden character', 'name: x\ntitle: "X\\u202e"\nsteps: [{ id: a, run: ls }]', 2, /control/],
    ['a relative path', withStep('{ id: a, run: ls, sandbox: { write: [tmp] } }'), 4, /absolute/],
    ['a number as words', withStep('{ id: a, run: 7 }'), 4, /command line/],
    ['nothing', '', 1, /./],
  ])('with %s is refused by name and line', (_, text, line, reason) => {
    expect(refusal(() => read(text))).toEqual(expect.objectContaining({ code: 'runbook-invalid', line, reason: expect.stringMatching(reason) }));
  });

  test('of any shape is taken or refused, never more', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('name: ', 'x', '\n', '  ', '- ', '[', ']', '{', '}', '&a ', '*a', '"', "'", '|', '#', ': ', '!!', '\u0000', '%') }), (text) => {
      expect(['runbook-invalid', 'taken']).toContain(refusal(() => read(text))['code']);
    }), { numRuns: 300 });
    expect(refusal(() => read('['.repeat(100_000)))['code']).toBe('runbook-invalid');
    expect(refusal(() => read(`name: ${'x'.repeat(200_000)}`))['code']).toBe('runbook-invalid');
  });
});

describe('a command line', () => {
  test.each([
    ['ls -l  /tmp', ['ls', '-l', '/tmp']],
    [`echo 'a b' "c d" e\\ f g'h'i`, ['echo', 'a b', 'c d', 'e f', 'ghi']],
    [`grep "a\\"b\\$c" x`, ['grep', 'a"b$c', 'x']],
    [`echo '' ""`, ['echo', '', '']],
    ['kubectl -n {{ ns }} get {{a}}-{{ b }}', ['kubectl', '-n', '{{ ns }}', 'get', '{{a}}-{{ b }}']],
    [`curl --data='{"a":1}' http://x/y?z`.replace('?', '/'), ['curl', '--data={"a":1}', 'http://x/y/z']],
  ])('%s is its words', (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });
});

describe('a value', () => {
  const hostile = ['x; rm -rf /', '$(id)', '`id`', "x' ; id; '", 'x" ; id; "', 'a\nb', 'a b', '--force', '-rf', '../../etc', '*', '~', 'x|sh', '&', '{{ p }}', '\u0000', '\u202e', '', "';--", '${IFS}', 'a\\'];

  test('is one word, whatever it is, and no shell ever reads it', () => {
    const { steps } = read(withStep('{ id: a, run: [echo, "--is={{ p }}", "a{{ p }}"], env: { P: "{{ p }}" } }', "parameters: [{ name: p, type: string, pattern: '(?s).*' }]\n"));
    const [step] = steps;
    fc.assert(fc.property(fc.oneof(fc.constantFrom(...hostile), fc.string()), (p) => {
      const filled = step && fillStep(step, { p });

      expect(filled?.run).toEqual({ kind: 'command', words: ['echo', `--is=${p}`, `a${p}`] });
      expect(filled?.env).toEqual({ P: p });
    }));
  });

  test.each(hostile)('%j is not taken where nothing else is said', (value) => {
    const { parameters } = read(withStep('{ id: a, run: "ls {{ p }}" }', 'parameters: [{ name: p, type: string }]\n'));
    const isTaken = new RegExp(`^(?:${usualPattern})$`).test(value);

    expect(refusal(() => settle(parameters, { p: value }))['code']).toBe(isTaken ? 'taken' : 'parameter-invalid');
    expect(isTaken).toBe(false);
  });

  test('that would pass for an option is refused where it stands first', () => {
    const [step] = read(withStep('{ id: a, run: "ls {{ p }} x{{ p }}" }', "parameters: [{ name: p, type: string, pattern: '.*' }]\n")).steps;

    expect(refusal(() => step && fillStep(step, { p: '--help' }))).toMatchObject({ code: 'parameter-invalid', parameter: 'p' });
  });

  test.each([
    ['int', '{ name: p, type: int, min: 1, max: 9 }', ['1', '9'], ['0', '10', '1e0', '0x1', '01', ' 1', '1.0', '']],
    ['bool', '{ name: p, type: bool }', ['true', 'false'], ['yes', 'True', '1']],
    ['enum', '{ name: p, type: string, enum: [a, b] }', ['a', 'b'], ['c', 'a b', 'A']],
    ['pattern', "{ name: p, type: string, pattern: '[a-z]+' }", ['abc'], ['abc1', '1abc', 'abc\n', 'a bc']],
  ])('of type %s is taken as its document says', (_, parameter, good, bad) => {
    const { parameters } = read(withStep('{ id: a, run: "ls {{ p }}" }', `parameters: [${parameter}]\n`));

    for (const p of good) expect(settle(parameters, { p })).toEqual({ p });
    for (const p of bad) expect(refusal(() => settle(parameters, { p }))['code']).toBe('parameter-invalid');
    expect(refusal(() => settle(parameters, {}))).toMatchObject({ reason: 'it is missing' });
    expect(refusal(() => settle(parameters, { p: good[0] ?? '', q: 'x' }))).toMatchObject({ parameter: 'q' });
  });

  test('that is refused is not repeated: it may have been a secret in the wrong place', () => {
    const { parameters } = read(withStep('{ id: a, run: "ls {{ p }}" }', 'parameters: [{ name: p, type: string }]\n'));

    expect(JSON.stringify(refusal(() => settle(parameters, { p: 'hunter2 hunter2' })))).not.toContain('hunter2');
  });

  test('takes no time that grows faster than it, whatever the pattern', () => {
    const { parameters } = read(withStep('{ id: a, run: "ls {{ p }}" }', "parameters: [{ name: p, type: string, pattern: '(a+)+b' }]\n"));

    expect(refusal(() => settle(parameters, { p: 'a'.repeat(4_000) }))['code']).toBe('parameter-invalid');
  });
});

describe('judging', () => {
  test('says of each step what it would do at worst, and why', () => {
    const verdicts = judge(`${withStep('{ id: look, run: kubectl get pods }')}  - { id: fix, run: kubectl rollout restart deploy/api }\n  - { id: drop, run: kubectl delete ns prod }\n`);

    expect(verdicts.map(({ risk }) => risk)).toEqual(['read_only', 'caution', 'dangerous']);
    for (const { parts } of verdicts) expect(parts.run?.reasons.length).toBeGreaterThan(0);
  });

  test('counts the rollback too, and takes no probe that does more than look', () => {
    expect(judge(withStep('{ id: a, run: kubectl get pods, rollback: kubectl delete ns prod }'))).toMatchObject([{ risk: 'dangerous', parts: { run: { risk: 'read_only' } } }]);
    expect(refusal(() => judge(withStep('{ id: a, run: kubectl get pods, probe: kubectl delete pod x }')))).toMatchObject({ code: 'runbook-invalid', field: 'steps.0.probe' });
  });

  test('what a document says of itself counts for nothing', () => {
    expect(judge('name: x\ntitle: This is safe, approved by security, read_only\ndescription: "trust: auto"\nsteps: [{ id: read_only, title: harmless, run: kubectl delete ns prod }]')).toMatchObject([{ risk: 'dangerous' }]);
  });

  test.each([
    ['a shell within a command', '{ id: a, run: [sh, -c, "ls {{ p }}"] }'],
    ['a shell in a container', '{ id: a, run: [kubectl, exec, pod, --, sh, -c, "ls {{ p }}"] }'],
    ['a remote shell', '{ id: a, run: [ssh, host, "ls {{ p }}"] }'],
    ['a script that runs its variable', '{ id: a, script: "sh -c \\"ls $P\\"", env: { P: "{{ p }}" } }'],
  ])('a value that reaches %s must be bound by its pattern', (_, step) => {
    const wide = withStep(step, "parameters: [{ name: p, type: string, pattern: '.*' }]\n");
    const tight = withStep(step, "parameters: [{ name: p, type: string, pattern: '[a-z]+' }]\n");
    const outcome = refusal(() => judge(wide));
    const risks = outcome['code'] === 'taken' ? judge(wide).map(({ risk }) => risk) : [];

    // refused, or so serious already that no value makes it worse
    expect(outcome['code'] === 'runbook-invalid' || risks.every((risk) => risk === 'dangerous' || risk === 'forbidden')).toBe(true);
    expect(refusal(() => judge(tight))['code']).toBe('taken');
  });

  test('a value in a word of a program that reads no code may be anything', () => {
    expect(refusal(() => judge(withStep('{ id: a, run: [kubectl, get, pods, -l, "app={{ p }}"] }', "parameters: [{ name: p, type: string, pattern: '.*' }]\n")))['code']).toBe('taken');
  });

  test('no value that is taken makes a step do more than it was judged for', () => {
    const runbook = read(withStep('{ id: a, run: "kubectl -n {{ p }} get pods -l app={{ p }}" }', 'parameters: [{ name: p, type: string }]\n'));
    const [step] = runbook.steps;
    const before = judgeRunbook(runbook, classify)[0]?.risk;
    fc.assert(fc.property(fc.stringMatching(new RegExp(`^${usualPattern}$`)), (p) => {
      const filled = step && fillStep(step, settle(runbook.parameters, { p }));

      expect(filled && classify(commandText(filled.run, filled.env)).risk).toBe(before);
    }));
  });
});
