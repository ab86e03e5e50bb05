/** Whether a name is chosen by patterns with `*` and `?`, where the last one that matches decides and `!` takes away. */
export function chooses(patterns: readonly string[], name: string): boolean {
  const startsWithout = patterns[0]?.startsWith('!') === true; // only exceptions: all but those
  return patterns.reduce((chosen, pattern) => {
    const isException = pattern.startsWith('!');
    return matches(isException ? pattern.slice(1) : pattern, name) ? !isException : chosen;
  }, startsWithout);
}

/** Whether a pattern names one thing and can be used without a list to look in. */
export function isPlain(pattern: string): boolean {
  return !/[*?!]/.test(pattern);
}

/** Two fingers and no backtracking: a pattern of many stars stays linear in the length of the name. */
export function matches(pattern: string, name: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let next = 0;
  while (next < name.length) {
    if (pattern[at] === '*') {
      star = at;
      resume = next;
      at += 1;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[next])) {
      at += 1;
      next += 1;
    } else if (star !== -1) {
      at = star + 1;
      resume += 1;
      next = resume;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
