import type { Finding, Severity } from '#proto/domain/finding.ts';
import { wrap } from '../../terminal/fit.ts';
import type { Colour } from '../../terminal/paint.ts';
import { printable } from '../../terminal/printable.ts';
import { propertyLines, type Room } from './property-lines.ts';
import { readRule, storyOf } from './wording.ts';

const badgeWidth = 10;
const colours: Readonly<Record<Severity, Colour>> = { critical: 'red', high: 'red', medium: 'yellow', low: 'dim' };

/** Findings that count, how much first; neighbours of which the same is to be told stand together. */
export function findingSections(findings: readonly Finding[], room: Room): readonly (readonly string[])[] {
  const groups: Finding[][] = [];
  for (const finding of findings) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && isAlike(last[0], finding)) last.push(finding);
    else groups.push([finding]);
  }
  return groups.map((group) => groupLines(group, room));
}

function isAlike(one: Finding, other: Finding): boolean {
  return one.severity === other.severity && one.severityRule === other.severityRule && storyOf(one) === storyOf(other) && real(one).length + real(other).length === 0;
}

/** What, what happened, why that matters, and the differences. */
function groupLines(group: readonly Finding[], { width, paint }: Room): readonly string[] {
  const room = width - badgeWidth;
  const indent = ' '.repeat(badgeWidth);
  const [first] = group;
  if (first === undefined) return [];
  const addresses = group.flatMap(({ address }) => wrap(printable(address), room)).map((line) => paint('bold', line));
  const badge = paint(colours[first.severity], first.severity.toUpperCase().padEnd(badgeWidth));
  return [
    ...addresses.map((line, index) => `${index === 0 ? badge : indent}${line}`),
    ...wrap(printable(sentence(first)), room).map((line) => `${indent}${paint('dim', line)}`),
    ...propertyLines(real(first), { width: room, paint }).map((line) => `${indent}${line}`),
  ];
}

function sentence(finding: Finding): string {
  const { rule, reason } = readRule(finding.severityRule);
  const isTold = reason === null || rule.startsWith('resource-'); // those rules say in other words what happened
  return `${storyOf(finding)}${isTold ? '' : `: ${reason}`} [${rule}]`;
}

function real({ properties }: Finding): Finding['properties'] {
  return properties.filter(({ noise }) => noise === null);
}
