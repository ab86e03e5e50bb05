import { createHash } from 'node:crypto';
import { classify } from '#risk/classify.ts';
import { commands, spellings, wrap, wrappers } from '../unit/risk/disguises.ts';
import { type LabelledCommand, labelledCommands, scoreOf } from '../harness/risk-corpus.ts';

const rounds = 20;

/** How the scanner of commands does on the corpus, by category, and how fast it is. */
export function benchClassify(): void {
  const { rows } = labelledCommands();
  if (rows.length === 0) write('The corpus of labelled commands is not here: speed on made-up commands only.\n');
  else {
    write('| category | commands | hard misses | soft misses | false alarms |\n|---|---|---|---|---|\n');
    for (const [category, some] of Map.groupBy(rows, ({ category, evasion }) => (evasion ? `${category}: ${evasion}` : category))) line(category, some);
    line('half A (by id)', rows.filter(isFirstHalf));
    line('half B (by id)', rows.filter((row) => !isFirstHalf(row)));
    line('all', rows);
  }
  speed(rows.length > 0 ? rows.map(({ command }) => command) : madeUp());
}

function isFirstHalf({ id }: LabelledCommand): boolean {
  return (createHash('sha256').update(id).digest()[0] ?? 0) % 2 === 0;
}

function line(name: string, rows: readonly LabelledCommand[]): void {
  const { commands: count, hard, soft, falseAlarms, halfAlarms, harmless } = scoreOf(rows);
  write(`| ${name} | ${count} | ${hard.length} | ${soft.length} | ${falseAlarms.length + halfAlarms.length / 2} of ${harmless} |\n`);
}

function madeUp(): readonly string[] {
  const all = Object.values(commands).flat();
  return [...wrappers.flatMap((wrapper) => all.map((command) => wrap(wrapper, command))), ...spellings.flatMap((spell) => all.map((command) => spell(command.split(' ')[0] ?? '')))];
}

function speed(texts: readonly string[]): void {
  for (const text of texts) classify(text);
  const times = Array.from({ length: rounds }, () => texts.map(timed)).flat().toSorted((one, other) => one - other);
  const at = (share: number): string => ((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 1_000).toFixed(0);
  write(`\n${texts.length} commands, ${rounds} rounds: median ${at(0.5)} µs, p99 ${at(0.99)} µs, slowest ${at(1)} µs\n`);
}

function timed(text: string): number {
  const begin = performance.now();
  classify(text);
  return performance.now() - begin;
}

function write(text: string): void {
  process.stdout.write(text);
}
