import { toText } from '../convert.ts';
import { Mistake } from '../mistake.ts';
import { unknown, type Value } from '../value.ts';
import { formatDate } from './format-date.ts';
import type { FunctionTable } from './rule.ts';

export const dateFunctions: FunctionTable = {
  formatdate: { takes: [2, 2], run: ([pattern, time]) => formatDate(toText(pattern ?? null), toText(time ?? null)) },
  timeadd: { takes: [2, 2], run: ([time, duration]) => later(toText(time ?? null), parseDuration(toText(duration ?? null))) },
  timecmp: { takes: [2, 2], run: ([a, b]) => Math.sign(parseTime(a) - parseTime(b)) },
};

function parseTime(value: Value | undefined): number {
  const text = toText(value ?? null);
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new Mistake('the text is not a timestamp');
  return time;
}

const unitMs: ReadonlyMap<string, number> = new Map([['ms', 1], ['s', 1_000], ['m', 60_000], ['h', 3_600_000]]);

/** Go's durations down to milliseconds: `-1h30m`. */
function parseDuration(text: string): number {
  const [, sign, rest = ''] = /^([+-]?)((?:\d+(?:\.\d+)?(?:h|ms|m|s))+)$/.exec(text) ?? [];
  if (sign === undefined) throw new Mistake('the text is not a duration');
  let sum = 0;
  for (const [, amount, unit] of rest.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)) sum += Number(amount) * (unitMs.get(unit ?? '') ?? 0);
  return sign === '-' ? -sum : sum;
}

/** The offset of the time is kept; only UTC is written here. */
function later(time: string, durationMs: number): Value {
  return time.endsWith('Z') ? rfc3339(parseTime(time) + durationMs) : unknown('the time is not in UTC');
}

function rfc3339(time: number): string {
  if (!Number.isFinite(time) || Math.abs(time) > 8e15) throw new Mistake('the time is out of range');
  return new Date(time).toISOString().replace(/\.000Z$/, 'Z');
}
