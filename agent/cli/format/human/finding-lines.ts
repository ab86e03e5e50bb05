import type { Finding, Severity } from '#proto/domain/finding.ts';
import { elide, wrap } from '../../terminal/fit.ts';
import type { Colour } from '../../terminal/paint.ts';
import { printable } from '../../terminal/printable.ts';
import { propertyLines, type Room } from './property-lines.ts';
import { readRule, storyOf } from './wording.ts';

const badgeWidth = 10;
const colours: Readonly<Record<Severity, Colour>> = { critical: 'red', high: 'red', medium: 'yellow', low: 'dim' };

/** One finding that counts: how much it matters, what, what happened and why that matters, then its differences. */
export function findingLines(finding: Finding, { width, paint }: Room): readonly string[] {
  const room = width - badgeWidth;
  const indent = ' '.repeat(badgeWidth);
  const badge = paint(colours[finding.severity], finding.severity.toUpperCase().padEnd(badgeWidth));
  const { rule, reason } = readRule(finding.severityRule);
  const story = reason === null ? storyOf(finding) : `${storyOf(finding)}: ${reason}`;
  const real = finding.properties.filter(({ noise }) => noise === null);
  return [
    `${badge}${paint('bold', elide(printable(finding.address), room))}`,
    ...wrap(printable(`${story} [${rule}]`), room).map((line) => `${indent}${paint('dim', line)}`),
    ...propertyLines(real, { width: room, paint }).map((line) => `${indent}${line}`),
  ];
}
