import { Mistake } from '../mistake.ts';

/** A time as its text says it: the clock of its own zone, and how far that is from UTC. */
export interface Time {
  /** The clock of the zone, as if it were one of UTC. */
  readonly clockNs: bigint;
  readonly offsetNs: bigint;
  /** `+02:00`. */
  readonly zone: string;
}

/** RFC 3339, on a day that there is. @throws Mistake */
export function readTime(text: string): Time {
  const [, local = '', fraction = '', zone = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  const clockMs = Date.parse(`${local}Z`);
  const hasThatDay = !Number.isNaN(clockMs) && new Date(clockMs).toISOString().startsWith(local);
  const [sign = '+', hours = 0, minutes = 0] = zone === 'Z' ? [] : [zone[0], Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  if (!hasThatDay || hours > 23 || minutes > 59) throw new Mistake('the text is not a timestamp');
  const offset = BigInt(hours * 60 + minutes) * 60_000_000_000n;
  return { clockNs: BigInt(clockMs) * 1_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0')), offsetNs: sign === '-' ? -offset : offset, zone: zone === 'Z' ? '+00:00' : zone };
}
