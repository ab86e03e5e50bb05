import { rules } from '../../normalise/rules.ts';
import type { Host } from '../host.ts';
import { pad, wrap } from '../terminal/fit.ts';

export interface RulesRequest {
  readonly about: 'noise' | 'secrets';
  readonly format: 'human' | 'json';
}

interface ListedRule {
  readonly name: string;
  readonly reason: string;
}

/** Prints the rules, with their reasons. */
export function listRules({ about, format }: RulesRequest, { terminal }: Pick<Host, 'terminal'>): number {
  const listed: readonly ListedRule[] = about === 'noise' ? rules.map(({ name, reason }) => ({ name, reason })) : [];
  terminal.out(format === 'json' ? `${JSON.stringify({ rules: listed }, null, 2)}\n` : table(listed, terminal));
  return 0;
}

function table(listed: readonly ListedRule[], { width, paint }: Host['terminal']): string {
  const nameWidth = Math.max(0, ...listed.map(({ name }) => name.length));
  const rows = listed.flatMap(({ name, reason }) => {
    const [first = '', ...rest] = wrap(reason, Math.max(30, width - nameWidth - 2));
    return [`${paint('bold', pad(name, nameWidth))}  ${first}`, ...rest.map((line) => `${' '.repeat(nameWidth + 2)}${line}`)];
  });
  return `${rows.join('\n')}\n`;
}
