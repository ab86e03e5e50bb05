/**
 * Looks for patterns that could take exponential time: `node test/bench/scrub-patterns.ts [SECONDS]` for each. Counted
 * repetitions become open ones and what looks around is left out, which can only make a pattern look worse; without
 * that, the checker drowns in the copies that a count stands for.
 */
import { families } from '#secrets/families.ts';
import { withoutLookaround } from '#test/harness/without-lookaround.ts';

process.env['RECHECK_BACKEND'] = 'pure'; // the only backend that comes without a download
const { checkSync } = await import('recheck');

const timeout = Number(process.argv[2] ?? 3) * 1_000;
const rules = families.flatMap(({ name, rules: own = [] }) => own.map((rule) => ({ name: `${name}/${rule.id}`, source: loosened(rule.pattern.source) })));
const results = rules.map(({ name, source }) => ({ name, result: checkSync(source, '', { timeout, checker: 'automaton' }) }));
const exponential = results.filter(({ result }) => result.status === 'vulnerable' && result.complexity.type === 'exponential');
const undecided = results.filter(({ result }) => result.status === 'unknown');

process.stdout.write(`${rules.length} patterns: ${exponential.length} exponential, ${undecided.length} undecided within ${timeout / 1_000} s\n`);
for (const { name } of exponential) process.stdout.write(`exponential: ${name}\n`);
for (const { name } of undecided) process.stdout.write(`undecided: ${name}\n`);
process.exitCode = exponential.length > 0 ? 1 : 0;

function loosened(source: string): string {
  return withoutLookaround(source)
    .replaceAll(/\\k<\w+>/g, '')
    .replaceAll(/\(\?<\w+>/g, '(?:')
    .replaceAll(/\{(\d+)(?:,(\d*))?\}/g, (all, least: string, most: string | undefined) => (Number(most ?? least) <= 3 && most !== '' ? all : least === '0' ? '*' : '+'))
    .replaceAll(/\[(?:\\.|[^\]])*\]|\\.|[A-Za-z]{3,}/g, (part) => (/^[A-Za-z]{3,}$/.test(part) ? part.slice(0, 2) : part));
}
