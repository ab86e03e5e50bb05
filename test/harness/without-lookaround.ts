/** The source of a pattern without what it looks ahead or back for. */
export function withoutLookaround(source: string): string {
  let text = source;
  for (let start = text.search(/\(\?<?[=!]/); start >= 0; start = text.search(/\(\?<?[=!]/)) text = text.slice(0, start) + text.slice(closing(text, start) + 1);
  return text;
}

function closing(source: string, open: number): number {
  let depth = 0;
  let inClass = false;
  for (let at = open; at < source.length; at += 1) {
    const character = source[at];
    if (character === '\\') at += 1;
    else if (inClass) inClass = character !== ']';
    else if (character === '[') inClass = true;
    else if (character === '(') depth += 1;
    else if (character === ')') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return source.length;
}
