import fc from 'fast-check';

/** Strings that a pattern matches, made from its source; what it looks ahead or back for is left out. */
export function samplesOf(pattern: RegExp, count: number, seed: number): readonly string[] {
  const source = withoutLookaround(pattern.source).replaceAll(/\\k<\w+>/g, '').replaceAll(/\(\?<\w+>/g, '(?:');
  return fc.sample(fc.stringMatching(new RegExp(source, pattern.flags.replace(/[dgiy]/g, '')), { size: 'xsmall' }), { numRuns: count, seed });
}

function withoutLookaround(source: string): string {
  let text = source;
  for (let start = text.search(/\(\?<?[=!]/); start >= 0; start = text.search(/\(\?<?[=!]/)) {
    text = text.slice(0, start) + text.slice(closing(text, start) + 1);
  }
  return text;
}

function closing(source: string, open: number): number {
  let depth = 0;
  let inClass = false;
  for (let at = open; at < source.length; at += 1) {
    const character = source[at];
    if (character === '\\') at += 1;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (!inClass && character === '(') depth += 1;
    else if (!inClass && character === ')') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return source.length;
}
