import { severities } from '#proto/domain/finding.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { wrap } from '../terminal/fit.ts';
import type { Colour } from '../terminal/paint.ts';
import type { Surroundings } from './format.ts';
import { stackLines } from './human/stack-lines.ts';
import { count } from './human/wording.ts';
import { type Summary, summarise, worstFirst } from './summary.ts';

/** For people: each stack by itself, the most severe first, and one closing line. */
export function renderHuman(reports: readonly StackReport[], around: Surroundings): string {
  const stacks = worstFirst(reports).map((report) => `${stackLines(report, around).join('\n')}\n`);
  return `${stacks.join('\n')}\n${closing(summarise(reports), around)}\n`;
}

function closing(summary: Summary, { width, paint }: Surroundings): string {
  const [verdict, colour] = verdictOf(summary);
  const severe = severities.toReversed().flatMap((severity) => (summary.severity[severity] > 0 ? [`${summary.severity[severity]} ${severity}`] : []));
  const told = [
    count(summary.stacks, 'stack'),
    `${summary.checked} checked`,
    ...(summary.findings > 0 ? [`${summary.findings} drifted (${severe.join(', ')})`] : []),
    ...(summary.noiseDifferences > 0 ? [`${summary.noiseDifferences} noise`] : []),
    ...(summary.unchecked > 0 ? [`${summary.unchecked} not checked`] : []),
    ...(summary.removed > 0 ? [`${count(summary.removed, 'secret')} replaced`] : []),
    ...(summary.unreadable > 0 ? [`${count(summary.unreadable, 'stack')} could not be read`] : []),
  ];
  const [first = '', ...rest] = wrap(`${verdict}: ${told.join(' · ')}`, width);
  return [first.replace(verdict, paint(colour, verdict)), ...rest].join('\n');
}

function verdictOf({ findings, unreadable, checked }: Summary): readonly [string, Colour] {
  if (findings > 0) return ['Drift', 'red'];
  if (unreadable > 0 || checked === 0) return ['Could not tell', 'yellow'];
  return ['In sync', 'green'];
}
