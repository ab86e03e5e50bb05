const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** One stretch of each named day; one that ends at or before its beginning ends on the day after. */
export interface Opening {
  /** From 0, Monday. */
  readonly days: readonly number[];
  /** Minutes since midnight. */
  readonly from: number;
  readonly to: number;
}

/** When steps may begin. */
export interface Hours {
  /** An IANA name, such as Europe/Vienna. */
  readonly zone: string;
  readonly open: readonly Opening[];
}

/** Reads `mon-fri 09:00-17:00`, `sat,sun 10:00-12:00` or `daily 22:00-04:00`; null where it is none of these. */
export function parseOpening(text: string): Opening | null {
  const [, days, fromHour, fromMinute, toHour, toMinute] = /^([a-z,-]+) (\d{2}):(\d{2})-(\d{2}):(\d{2})$/.exec(text) ?? [];
  const dayList = daysOf(days ?? '');
  const from = minutes(fromHour, fromMinute);
  const to = minutes(toHour, toMinute);
  if (dayList === null || from === null || to === null || from === 24 * 60 || from === to) return null;
  return { days: dayList, from, to };
}

export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Whether a step may begin now; with no openings named, at any time. */
export function isOpen({ zone, open }: Hours, nowMs: number): boolean {
  if (open.length === 0) return true;
  const { day, minute } = localTime(zone, nowMs);
  const yesterday = (day + 6) % 7;
  return open.some(({ days, from, to }) => {
    if (to > from) return days.includes(day) && minute >= from && minute < to;
    return (days.includes(day) && minute >= from) || (days.includes(yesterday) && minute < to);
  });
}

function daysOf(text: string): readonly number[] | null {
  if (text === 'daily') return dayNames.map((_, index) => index);
  const [first, last, more] = text.split('-');
  if (last !== undefined) {
    const [from, to] = [first, last].map((name) => dayNames.findIndex((day) => day === name));
    if (more !== undefined || from === undefined || to === undefined || from < 0 || to < 0) return null;
    return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, step) => (from + step) % 7);
  }
  const days = text.split(',').map((name) => dayNames.findIndex((day) => day === name));
  return days.includes(-1) ? null : days;
}

function minutes(hour: string | undefined, minute: string | undefined): number | null {
  const total = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && total <= 24 * 60 ? total : null; // NaN is not less
}

function localTime(zone: string, nowMs: number): { readonly day: number; readonly minute: number } {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(nowMs);
  const part = (type: string): string => parts.find((found) => found.type === type)?.value ?? '';
  return { day: dayNames.findIndex((name) => name === part('weekday').toLowerCase()), minute: Number(part('hour')) * 60 + Number(part('minute')) };
}
