import { RE2JS, type Matcher } from 're2js';
import type { Budget } from '../budget.ts';
import { Mistake } from '../mistake.ts';
import type { Value } from '../value.ts';

const maxPattern = 10_000;

/** Compiles a pattern of Go's dialect; it runs in linear time, so no pattern can hang. @throws Mistake */
function compile(pattern: string): RE2JS {
  if (pattern.length > maxPattern) throw new Mistake('the pattern is too long');
  try {
    return RE2JS.compile(pattern);
  } catch {
    throw new Mistake('the pattern is not a regular expression');
  }
}

/** Every match of a pattern: a text, a list of its groups, or a map where groups have names. */
export function matches(pattern: string, text: string, budget: Budget): readonly Value[] {
  budget.spend(text.length + pattern.length);
  const compiled = compile(pattern);
  const names = Object.entries(compiled.namedGroups());
  const matcher = compiled.matcher(text);
  if (names.length > 0 && names.length < matcher.groupCount()) throw new Mistake('a pattern has groups with names or without, not both');
  const found: Value[] = [];
  for (const _ of each(matcher, budget)) {
    if (names.length > 0) found.push(new Map(names.map(([name, index]) => [name, group(matcher, index)])));
    else if (matcher.groupCount() > 0) found.push(Array.from({ length: matcher.groupCount() }, (_, index) => group(matcher, index + 1)));
    else found.push(group(matcher, 0));
  }
  return found;
}

/** Replaces every match; `$1`, `$name` and `${name}` in the replacement stand for groups, as in Go. */
export function replaceMatches(pattern: string, text: string, replacement: string, budget: Budget): string {
  budget.spend(text.length + pattern.length);
  const compiled = compile(pattern);
  const names = new Map(Object.entries(compiled.namedGroups()));
  const matcher = compiled.matcher(text);
  let result = '';
  let end = 0;
  for (const _ of each(matcher, budget)) {
    const expanded = replacement.replaceAll(/\$(?:\$|\{(\w+)\}|(\w+))/g, (_, braced?: string, bare?: string) => {
      const name = braced ?? bare;
      if (name === undefined) return '$';
      const index = /^\d+$/.test(name) ? Number(name) : names.get(name);
      return index === undefined || index > matcher.groupCount() ? '' : (matcher.group(index) ?? '');
    });
    result += text.slice(end, matcher.start()) + expanded;
    end = matcher.end();
  }
  return result + text.slice(end);
}

/** Go finds nothing empty right behind a match. */
function* each(matcher: Matcher, budget: Budget): Iterable<Matcher> {
  let end = -1;
  while (matcher.find()) {
    budget.spend(1);
    if (matcher.start() === matcher.end() && matcher.start() === end) continue;
    end = matcher.end();
    yield matcher;
  }
}

function group(matcher: Matcher, index: number): string | null {
  return matcher.group(index) ?? null;
}
