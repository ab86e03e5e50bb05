import { Mistake } from '../mistake.ts';
import type { Time } from './time.ts';

interface Written {
  readonly clock: Date;
  /** `+02:00`. */
  readonly offset: string;
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const verbs: Readonly<Record<string, (time: Written) => string>> = {
  YYYY: ({ clock }) => String(clock.getUTCFullYear()).padStart(4, '0'),
  YY: ({ clock }) => two(clock.getUTCFullYear() % 100),
  MMMM: ({ clock }) => monthOf(clock),
  MMM: ({ clock }) => monthOf(clock).slice(0, 3),
  MM: ({ clock }) => two(clock.getUTCMonth() + 1),
  M: ({ clock }) => String(clock.getUTCMonth() + 1),
  DD: ({ clock }) => two(clock.getUTCDate()),
  D: ({ clock }) => String(clock.getUTCDate()),
  EEEE: ({ clock }) => dayOf(clock),
  EEE: ({ clock }) => dayOf(clock).slice(0, 3),
  hh: ({ clock }) => two(clock.getUTCHours()),
  h: ({ clock }) => String(clock.getUTCHours()),
  HH: ({ clock }) => two(twelve(clock)),
  H: ({ clock }) => String(twelve(clock)),
  AA: ({ clock }) => (clock.getUTCHours() < 12 ? 'AM' : 'PM'),
  aa: ({ clock }) => (clock.getUTCHours() < 12 ? 'am' : 'pm'),
  mm: ({ clock }) => two(clock.getUTCMinutes()),
  m: ({ clock }) => String(clock.getUTCMinutes()),
  ss: ({ clock }) => two(clock.getUTCSeconds()),
  s: ({ clock }) => String(clock.getUTCSeconds()),
  ZZZZZ: ({ offset }) => offset,
  ZZZZ: ({ offset }) => offset.replace(':', ''),
  ZZZ: ({ offset }) => (offset === '+00:00' ? 'UTC' : offset.replace(':', '')),
  Z: ({ offset }) => (offset === '+00:00' ? 'Z' : offset),
};

/**
 * What `formatdate` makes of a time: runs of one letter are verbs, quoted text stands for itself.
 * @throws Mistake for letters that are no verb and for a quote that does not end
 */
export function formatDate(pattern: string, { clockNs, zone }: Time): string {
  const written = { clock: new Date(Number(clockNs / 1_000_000n)), offset: zone === '-00:00' ? '+00:00' : zone };
  return pattern.replaceAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|'/g, (found, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted.replaceAll("''", "'");
    const verb = Object.hasOwn(verbs, found) ? verbs[found] : undefined;
    if (verb === undefined) throw new Mistake('the format of the date has something in it that stands for nothing');
    return verb(written);
  });
}

function monthOf(clock: Date): string {
  return months[clock.getUTCMonth()] ?? '';
}

function dayOf(clock: Date): string {
  return days[clock.getUTCDay()] ?? '';
}

function twelve(clock: Date): number {
  return clock.getUTCHours() % 12 || 12;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
