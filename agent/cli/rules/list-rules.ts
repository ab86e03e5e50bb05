import { rules } from '../../normalise/rules.ts';
import type { Host } from '../host.ts';
import { rulesSecrets } from '../rules-secrets.ts';
import { pad, wrap } from '../terminal/fit.ts';

export interface RulesRequest {
  readonly about: 'noise' | 'secrets';
  readonly format: 'human' | 'json';
}

/** Prints the rules, with their reasons. */
export function listRules({ about, format }: RulesRequest, { terminal }: Pick<Host, 'terminal'>): number {
  terminal.out(about === 'secrets' ? rulesSecrets({ format: format === 'json' ? 'json' : 'table' }) : listNoise(format, terminal));
  return 0;
}

function listNoise(format: RulesRequest['format'], terminal: Host['terminal']): string {
  const listed = rules.map(({ name, reason }) => ({ name, reason }));
  return format === 'json' ? `${JSON.stringify({ rules: listed }, null, 2)}\n` : table(listed, terminal);
}

function table(listed: readonly { readonly name: string; readonly reason: string }[], { width, paint }: Host['terminal']): string {
  const nameWidth = Math.max(0, ...listed.map(({ name }) => name.length));
  const rows = listed.flatMap(({ name, reason }) => {
    const [first = '', ...rest] = wrap(reason, Math.max(30, width - nameWidth - 2));
    return [`${paint('bold', pad(name, nameWidth))}  ${first}`, ...rest.map((line) => `${' '.repeat(nameWidth + 2)}${line}`)];
  });
  return `${rows.join('\n')}\n`;
}
