import type { Cause, Finding } from '#proto/domain/finding.ts';

const modified: Readonly<Record<Cause, string>> = {
  live_changed: 'changed outside the code',
  not_applied: 'asked for in the code, not applied',
  laundered: 'changed by hand, and the state now says so too',
  reverted: 'changed since the last report, and changed back',
  provider_default: 'set by the provider where the code is silent',
  unknown: 'differs',
};

const missing: Readonly<Partial<Record<Cause, string>>> = {
  not_applied: 'in the code, not there yet',
  laundered: 'gone, and the state has forgotten it too',
  unknown: 'in the code, and not there',
};

/** What happened to a resource, in a few words. */
export function storyOf({ change, cause, movedFrom }: Pick<Finding, 'change' | 'cause' | 'movedFrom'>): string {
  switch (change) {
    case 'modified':
      return modified[cause];
    case 'missing':
      return missing[cause] ?? 'gone';
    case 'unmanaged':
      return 'there, but no code knows it';
    case 'extra':
      return 'still there, no longer in the code';
    case 'moved':
      return movedFrom === null ? 'moved' : `moved from ${movedFrom}`;
  }
}

const sides: Readonly<Record<string, string>> = {
  code: 'recorded state compared with the code',
  live: 'live resources compared with code and state',
  inputs: 'what was recorded compared with what the last update asked for',
  plan: 'what a plan saw live compared with state and code',
  nothing: 'read, with nothing to compare it with',
};

/** What was compared with what. */
export function comparisonOf(against: string): string {
  return sides[against] ?? `compared with ${against}`;
}

/** `1 stack`, `2 stacks`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `name: reason`, as a severity rule stands on a finding. */
export function readRule(text: string): { readonly rule: string; readonly reason: string | null } {
  const [, rule, reason] = /^([\w-]+): (.+)$/s.exec(text) ?? [];
  return rule === undefined || reason === undefined ? { rule: text, reason: null } : { rule, reason };
}
