import type { Finding } from '#proto/domain/finding.ts';
import type { Surroundings } from '../format.ts';
import { elide, pad, wrap } from '../../terminal/fit.ts';
import { printable } from '../../terminal/printable.ts';
import { count, storyOf } from './wording.ts';

interface Explained {
  readonly rule: string;
  readonly places: readonly string[];
}

/** What means nothing: one line for each rule with its reason, and each place where the noise is to be listed. */
export function noiseLines(findings: readonly Finding[], { width, paint, noise, reasonOf }: Surroundings): readonly string[] {
  const explained = byRule(findings);
  if (explained.length === 0) return [];
  const total = explained.reduce((sum, { places }) => sum + places.length, 0);
  const hint = noise === 'folded' ? '; `scan --show-noise` lists them' : '';
  const nameWidth = Math.max(...explained.map(({ rule, places }) => `${places.length} × ${rule}`.length));
  return [
    paint('dim', `${count(total, 'difference means nothing', 'differences mean nothing')}${hint}`),
    ...explained.flatMap(({ rule, places }) => [
      ...withReason(pad(`${places.length} × ${printable(rule)}`, nameWidth), reasonOf(rule) ?? ''),
      ...(noise === 'listed' ? places.map((place) => paint('dim', `      ${elide(place, width - 6)}`)) : []),
    ]),
  ];

  function withReason(name: string, reason: string): readonly string[] {
    const room = width - nameWidth - 4;
    if (room < 24) return [paint('dim', `  ${name}`)];
    const [first = '', ...rest] = wrap(reason, room);
    return [`  ${name}  ${first}`.trimEnd(), ...rest.map((line) => `${' '.repeat(nameWidth + 4)}${line}`)].map((line) => paint('dim', line));
  }
}

function byRule(findings: readonly Finding[]): readonly Explained[] {
  const places = new Map<string, string[]>();
  const add = (rule: string, place: string): void => void places.set(rule, [...(places.get(rule) ?? []), place]);
  for (const finding of findings) {
    const address = printable(finding.address);
    const explained = finding.properties.filter(({ noise }) => noise !== null);
    for (const { noise, path } of explained) add(noise ?? '', `${address}  ${printable(path)}`);
    if (finding.noise && explained.length === 0) add(nameOf(finding), `${address}  ${printable(storyOf(finding))}`);
  }
  return [...places].map(([rule, told]) => ({ rule, places: told })).sort((a, b) => b.places.length - a.places.length || (a.rule < b.rule ? -1 : 1));
}

/** What explains a finding that has no property to carry a rule's name. */
function nameOf({ change, cause, severityRule }: Finding): string {
  const [, ignoredBy] = /^ignored by (.+)$/s.exec(severityRule) ?? [];
  return ignoredBy ?? (change === 'moved' ? 'moved' : cause);
}
