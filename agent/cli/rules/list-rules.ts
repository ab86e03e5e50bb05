import { rules } from '../../normalise/rules.ts';
import { severityRules } from '../../severity/rules.ts';
import { byName } from '../../severity/rules/by-name.ts';
import type { Host } from '../host.ts';
import { rulesSecrets } from '../rules-secrets.ts';
import { pad, wrap } from '../terminal/fit.ts';

export interface RulesRequest {
  readonly about: 'noise' | 'severity' | 'secrets';
  readonly format: 'human' | 'json';
}

/** Prints the rules, with their reasons. */
export function listRules({ about, format }: RulesRequest, { terminal }: Pick<Host, 'terminal'>): number {
  terminal.out(textOf({ about, format }, terminal));
  return 0;
}

function textOf({ about, format }: RulesRequest, terminal: Host['terminal']): string {
  if (about === 'secrets') return rulesSecrets({ format: format === 'json' ? 'json' : 'table' });
  return about === 'severity' ? listSeverity(format, terminal) : listNoise(format, terminal);
}

function listSeverity(format: RulesRequest['format'], terminal: Host['terminal']): string {
  const listed = [...severityRules, ...byName].map(({ id, severity, types, paths, reason, reference, insists = false }) => ({ id, severity, types, paths, reason, reference, insists }));
  if (format === 'json') return `${JSON.stringify({ rules: listed }, null, 2)}\n`;
  return table(listed.map(({ id, severity, reason, reference, insists }) => ({ name: `${severity.padEnd(8)} ${id}`, reason: `${reason}${insists ? ', whoever did it' : ''} [${reference}]` })), terminal);
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
