import { z } from 'zod';
import type { Paint } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';
import { renderRecord } from '../terminal/record.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import type { Terminal } from '../terminal/terminal.ts';

const Property = z.looseObject({
  path: z.string(),
  change: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  noise: z.string().nullable(),
  attribution: z.looseObject({ who: z.string(), when: z.string().nullable(), how: z.string().nullable() }).nullable(),
});
type Property = z.infer<typeof Property>;

/** A finding as `dd0c findings show` uses it. */
export const Finding = z.looseObject({
  id: z.string(),
  stack: z.string(),
  address: z.string(),
  type: z.string(),
  change: z.string(),
  cause: z.string(),
  severity: z.string(),
  severityRule: z.string(),
  noise: z.boolean(),
  movedFrom: z.string().nullable(),
  firstSeen: z.string(),
  lastSeen: z.string(),
  resolvedAt: z.string().nullable(),
  properties: z.array(Property),
  events: z.array(z.looseObject({ kind: z.string(), at: z.string() })),
});
export type Finding = z.infer<typeof Finding>;

const causes: Readonly<Record<string, string>> = {
  live_changed: 'reality left what the state recorded',
  not_applied: 'the code asks for something that was never applied',
  laundered: 'a change by hand was written into the state while the code disagrees',
  reverted: 'it came and went since the report before',
  provider_default: 'the provider filled it in',
  unknown: 'not known',
};

/** Two values longer than this together stand on lines of their own. */
const oneLine = 60;

/** A finding for people: what it is, and each property before → after. */
export function renderFinding(finding: Finding, { paint, now }: Terminal): string {
  const told = (moment: string): string => `${relativeTime(moment, now())} (${moment})`;
  const head = renderRecord(
    finding.address,
    [
      ['id', finding.id],
      ['stack', finding.stack],
      ['type', finding.type],
      ['change', finding.movedFrom === null ? finding.change : `${finding.change}, before ${finding.movedFrom}`],
      ['severity', `${finding.severity} (${finding.severityRule})`],
      ['cause', causes[finding.cause] ?? finding.cause],
      ['noise', finding.noise ? 'yes: rules explain every difference' : null],
      ['first seen', told(finding.firstSeen)],
      ['last seen', told(finding.lastSeen)],
      ['resolved', finding.resolvedAt === null ? null : told(finding.resolvedAt)],
      ['history', historyOf(finding, now())],
    ],
    paint,
  );
  return `${head}\n${finding.properties.map((property) => renderProperty(property, paint)).join('')}`;
}

/** Null where it was opened and nothing has happened since. */
function historyOf({ events }: Finding, now: number): string | null {
  return events.length < 2 ? null : events.map(({ kind, at }) => `${kind} ${relativeTime(at, now)}`).join(', ');
}

function renderProperty({ path, before, after, change, noise, attribution }: Property, paint: Paint): string {
  const name = `  ${paint(noise === null ? 'bold' : 'dim', printable(path === '' ? '(the resource)' : path))}`;
  const remark = remarkOn(noise, attribution, paint);
  if (change === 'add') return `${name}\n${side('+', after, paint)}${remark}`;
  if (change === 'remove') return `${name}\n${side('-', before, paint)}${remark}`;

  const [was, is] = [compact(before), compact(after)];
  if (was.length + is.length <= oneLine) return `${name}  ${paint('red', was)} → ${paint('green', is)}\n${remark}`;
  return `${name}\n${side('-', before, paint)}${side('+', after, paint)}${remark}`;
}

function remarkOn(noise: Property['noise'], attribution: Property['attribution'], paint: Paint): string {
  const who = attribution === null ? null : `by ${[attribution.who, attribution.how, attribution.when].filter((part) => part !== null).join(', ')}`;
  const why = noise === null ? null : `noise: ${noise}`;
  const told = [who, why].filter((part) => part !== null).join('; ');
  return told === '' ? '' : `    ${paint('dim', `(${printable(told)})`)}\n`;
}

function side(sign: '+' | '-', value: unknown, paint: Paint): string {
  const lines = compact(value).length <= oneLine ? [compact(value)] : linesOf(value);
  return lines.map((line) => `    ${paint(sign === '+' ? 'green' : 'red', `${sign} ${line}`)}\n`).join('');
}

function compact(value: unknown): string {
  return printable(JSON.stringify(value) ?? 'null');
}

/** One line for each field of an object or item of a list, so that two of them can be compared. */
function linesOf(value: unknown): readonly string[] {
  return (JSON.stringify(value, null, 2) ?? 'null').split('\n').map(printable);
}
