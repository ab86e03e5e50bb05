import type { RiskVerdict } from '#proto/domain/risk.ts';
import { refuseCharacters } from './characters.ts';
import { limits } from './limits.ts';
import { readingsOf } from './placeholders.ts';
import { createReport, type Programs, type Report } from './report.ts';
import { createScope } from './shell/scope.ts';
import { walkCode } from './shell/walk.ts';

/**
 * What a command, or a whole script for bash or sh, would do at worst. Nothing is run and nothing is read; what cannot
 * be told from the text alone is dangerous. Never throws.
 */
export function classify(command: string): RiskVerdict {
  return examine(command).verdict();
}

/** The programs that a command would start, as far as its text tells. */
export function programsOf(command: string): Programs {
  return examine(command).programs();
}

function examine(command: string): Report {
  const report = createReport(command.length);
  const whole = [0, command.length] as const;
  if (command.length > limits.length) {
    report.add('dangerous', 'too-long', `It is longer than the ${limits.length} characters that are looked at.`, whole);
    return report;
  }
  refuseCharacters(command, report);
  try {
    for (const reading of readingsOf(command)) {
      const walk = { report, work: { done: 0, parsed: 0 }, shadowed: new Set<string>(), written: new Map() };
      walkCode(reading, walk, { scope: createScope(), place: (start, end) => [start, end], stdin: { kind: 'none' }, depth: 0 });
    }
  } catch (error) {
    report.add('dangerous', 'not-understood', `It could not be judged (${error instanceof Error ? error.name : 'unknown'}).`, whole);
  }
  if (report.verdict().reasons.length === 0) report.add('read_only', 'nothing-to-run', 'There is no command in it.', whole);
  return report;
}
