import { families } from '#secrets/families.ts';
import { contexts } from '#secrets/contexts.ts';

/** `dd0c-agent rules --secrets`: what is known of secrets, and where it is documented. */
export function rulesSecrets({ format }: { readonly format: 'table' | 'json' }): string {
  const rows = [
    ...families.map(({ name, title, source, rules = [], words = [] }) => ({ name, title, source, rules: rules.map(({ id }) => `${name}/${id}`), words: words.length })),
    ...contexts.map(({ name, title, source }) => ({ name, title, source, rules: [name], words: 0 })),
  ].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  if (format === 'json') return `${JSON.stringify({ families: rows }, null, 2)}\n`;
  const width = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows.map(({ name, title, source, rules }) => `${name.padEnd(width)}  ${String(rules.length).padStart(5)}  ${title}  ${source}`);
  return `${'FAMILY'.padEnd(width)}  RULES  WHAT  SOURCE\n${lines.join('\n')}\n${rows.length} families\n`;
}
