import { toText } from '../convert.ts';
import { Mistake } from '../mistake.ts';
import type { Value } from '../value.ts';
import { formatDate } from './format-date.ts';
import type { FunctionTable } from './rule.ts';
import { readTime, type Time } from './time.ts';

export const dateFunctions: FunctionTable = {
  formatdate: { takes: [2, 2], run: ([pattern, time]) => formatDate(toText(pattern ?? null), readTime(toText(time ?? null))) },
  timeadd: { takes: [2, 2], run: ([time, duration]) => later(readTime(toText(time ?? null)), parseDuration(toText(duration ?? null))) },
  timecmp: { takes: [2, 2], run: ([a, b]) => order(instant(a), instant(b)) },
};

function instant(value: Value | undefined): bigint {
  const { clockNs, offsetNs } = readTime(toText(value ?? null));
  return clockNs - offsetNs;
}

function order(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

const unitNs: ReadonlyMap<string, bigint> = new Map([['ns', 1n], ['us', 1_000n], ['µs', 1_000n], ['μs', 1_000n], ['ms', 1_000_000n], ['s', 1_000_000_000n], ['m', 60_000_000_000n], ['h', 3_600_000_000_000n]]);
const maxDuration = 2n ** 63n;

/** Go's durations: `-1h30m`, `1.5h`, `0`. @throws Mistake */
function parseDuration(text: string): bigint {
  const [, sign, rest = ''] = /^([+-]?)(0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(text) ?? [];
  if (sign === undefined) throw new Mistake('the text is not a duration');
  let sum = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of rest.matchAll(/(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g)) {
    const ns = unitNs.get(unit) ?? 0n;
    sum += BigInt(whole || '0') * ns + (BigInt(fraction || '0') * ns) / 10n ** BigInt(fraction.length);
  }
  if (sum >= maxDuration) throw new Mistake('the duration is out of range');
  return sign === '-' ? -sum : sum;
}

/** Written in the zone of the time, without parts of a second. */
function later({ clockNs, zone }: Time, durationNs: bigint): string {
  const ns = clockNs + durationNs;
  const seconds = (ns - (((ns % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n)) / 1_000_000_000n;
  const date = new Date(Number(seconds) * 1_000);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 0 || date.getUTCFullYear() > 9_999) throw new Mistake('the time is out of range');
  return `${date.toISOString().slice(0, 19)}${zone === '+00:00' || zone === '-00:00' ? 'Z' : zone}`;
}
