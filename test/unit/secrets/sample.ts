import fc from 'fast-check';
import { withoutLookaround } from '#test/harness/without-lookaround.ts';

/** Strings that a pattern matches, made from its source; what it looks ahead or back for is left out. */
export function samplesOf(pattern: RegExp, count: number, seed: number): readonly string[] {
  const source = withoutLookaround(pattern.source).replaceAll(/\\k<\w+>/g, '').replaceAll(/\(\?<\w+>/g, '(?:');
  return fc.sample(fc.stringMatching(new RegExp(source, pattern.flags.replace(/[dgiy]/g, '')), { size: 'xsmall' }), { numRuns: count, seed });
}
