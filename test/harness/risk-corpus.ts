import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAtLeast, type Risk, type RiskVerdict } from '#proto/domain/risk.ts';
import { classify } from '#risk/classify.ts';
import { corpus } from './corpus.ts';

/** A command with its label and the answers that count as right. */
export interface LabelledCommand {
  readonly id: string;
  readonly command: string;
  readonly risk: Risk;
  readonly accept: readonly Risk[];
  readonly category: string;
  readonly evasion: string | null;
}

/** How the scanner does on a set of labelled commands. */
export interface RiskScore {
  readonly commands: number;
  /** Dangerous or forbidden, and called less than dangerous. */
  readonly hard: readonly string[];
  readonly forbidden: number;
  readonly soft: readonly string[];
  readonly harmless: number;
  readonly falseAlarms: readonly string[];
  /** Harmless and called caution: each counts half. */
  readonly halfAlarms: readonly string[];
  readonly withoutReason: readonly string[];
}

const { path, reason } = corpus('commands');
const file = join(path, 'labelled.jsonl');

/** The corpus of labelled commands, or none where it is not there; `reason` says so in a title. */
export function labelledCommands(): { readonly rows: readonly LabelledCommand[]; readonly reason: string } {
  if (!existsSync(file)) return { rows: [], reason: reason === '' ? ' [not run: the corpus of commands]' : reason };
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return { rows: lines.map((line) => JSON.parse(line) as LabelledCommand), reason: '' };
}

export function scoreOf(rows: readonly LabelledCommand[]): RiskScore {
  const judged = rows.map((row) => ({ row, verdict: classify(row.command) }));
  const ids = (wrong: (row: LabelledCommand, verdict: RiskVerdict) => boolean): readonly string[] => judged.filter(({ row, verdict }) => wrong(row, verdict)).map(({ row }) => row.id);
  return {
    commands: rows.length,
    hard: ids((row, { risk }) => isAtLeast(row.risk, 'dangerous') && !isAtLeast(risk, 'dangerous')),
    forbidden: rows.filter(({ risk }) => risk === 'forbidden').length,
    soft: ids((row, { risk }) => row.risk === 'forbidden' && risk === 'dangerous' && !row.accept.includes('dangerous')),
    harmless: rows.filter(({ risk }) => risk === 'read_only').length,
    falseAlarms: ids((row, { risk }) => row.risk === 'read_only' && isAtLeast(risk, 'dangerous')),
    halfAlarms: ids((row, { risk }) => row.risk === 'read_only' && risk === 'caution' && !row.accept.includes('caution')),
    withoutReason: ids((_, { reasons }) => reasons.length === 0),
  };
}
