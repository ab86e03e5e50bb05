import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAtLeast } from '#proto/domain/risk.ts';
import { classify } from '#risk/classify.ts';

const found = spawnSync('bash', ['-c', 'printf %s "$BASH"'], { encoding: 'utf8' });
const hasBash = found.status === 0;

/** Pieces that make scripts, many of them broken; only `marker` does something, and it tells. */
const pieces = ['marker', 'marker', 'echo', ':', 'x', '$(marker)', '`marker`', '"$(marker)"', "'marker'", '"marker"', 'mark""er', 'm\\arker', "$'marker'", 'A=1', 'A=$(marker)', '${A:-$(marker)}', '$((1+$(marker)))', '$A', '"$A"', '{marker,x}', '<<< x', '<<E\n$(marker)\nE\n', "<<'E'\nmarker\nE\n", '>/dev/null', '2>/dev/null', '</dev/null', '(', ')', '{', '}', '((', '))', '[[', ']]', ';', ';;', '&&', '||', '|', '|&', '&', '!', '\n', '#', 'if', 'then', 'elif', 'else', 'fi', 'for i in 1', 'do', 'done', 'while false', 'until true', 'case x in', 'x)', '*)', 'esac', 'f()', 'f', 'function g', 'g', 'eval', 'eval marker', 'eval "marker"', 'time', 'command', 'builtin', 'exec', 'trap marker EXIT', 'set -- marker', '"$@"', '$1', '\\\n', '\\', "'", '"', '$', 'coproc', 'select i in x', '<(marker)', '>(marker)', 'read A', 'test -n', '-n', '=', '==', '[', ']', 'let', "'a[$(marker)]'", '~', '*', '?', '=(marker)', 'A=marker', 'alias x=marker', 'declare A=marker', 'printf %s'];
const script = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 9 }).map((parts) => parts.join(' '));

describe.skipIf(!hasBash)(`what bash makes of a text${hasBash ? '' : ' [not run: bash is not here]'}`, () => {
  test('a text that makes bash run an unknown program is dangerous at least', () => {
    const scripts = fc.sample(script, { numRuns: 1_500, seed: 7 });

    const ran = scripts.filter((_, index) => runAll(scripts)[index] === 'ran');

    expect(ran.length).toBeGreaterThan(100);
    expect(ran.filter((text) => !isAtLeast(classify(text).risk, 'dangerous'))).toEqual([]);
  });

  test('a text that bash refuses is never called harmless because its beginning is', () => {
    const broken = fc.sample(script, { numRuns: 150, seed: 11 }).filter((text) => !/^\s*#/.test(text) && spawnSync('bash', ['-n'], { input: text }).status !== 0);

    expect(broken.length).toBeGreaterThan(30);
    expect(broken.filter((text) => !isAtLeast(classify(text).risk, 'dangerous'))).toEqual([]);
  });
});

let known: readonly string[] | undefined;

/** Runs every text in a shell of its own with no program in reach; `marker` leaves a trace. */
function runAll(scripts: readonly string[]): readonly string[] {
  if (known) return known;
  const driver = `
    marker() { printf ran >&9; }
    while IFS= read -r -d '' text; do
      trace=$( ( exec 9>&1 >/dev/null 2>&1 </dev/null; eval "$text" ) 2>/dev/null ); printf '%s\\0' "\${trace:+ran}"
    done`;
  const { stdout } = spawnSync(found.stdout, ['--noprofile', '--norc', '-c', driver], { input: scripts.map((text) => `${text}\0`).join(''), encoding: 'utf8', timeout: 60_000, env: { PATH: '/nonexistent' } });
  known = stdout.split('\0');
  return known;
}
