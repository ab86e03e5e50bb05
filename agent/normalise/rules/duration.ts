import { spellText } from '../fields.ts';
import { inUserMap } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `60s` against `1m`, `3600s` against `1h0m0s`, `PT60M` against `PT1H`. */
export const duration: Rule = {
  name: 'duration',
  reason: 'The same span of time, written in other units.',
  appliesTo: (place) => !inUserMap(place) && /duration|frequency|windowsize|granularity|timeout|interval|period|ttl|maxage|delay|backoff|window|retention|deadline|cooldown|schedule|expir|lifetime|^for$/.test(place.name),
  canonical: spellText((text) => spanOf(text) ?? text),
};

/** Nanoseconds in a unit, as text writes it (Go's durations). Letters matter: `m` is a minute. */
const units: Readonly<Record<string, bigint>> = {
  h: 3_600_000_000_000n, m: 60_000_000_000n, s: 1_000_000_000n, ms: 1_000_000n, us: 1_000n, ns: 1n,
};

/** The span in nanoseconds, or null for what is none. Months and years have no fixed length and stay as written. */
function spanOf(text: string): string | null {
  const iso = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,9}))?S)?)?$/.exec(text);
  if (iso !== null && text.length > 2 && !text.endsWith('T')) {
    const [weeks = '', days = '', hours = '', minutes = '', seconds = '', fraction = ''] = iso.slice(1).map((part) => part ?? '');
    const total = ((BigInt(weeks) * 7n + BigInt(days)) * 24n + BigInt(hours)) * 3_600n + BigInt(minutes) * 60n + BigInt(seconds);
    return `${total * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'))}ns`;
  }
  if (!/^(?:\d+(?:\.\d{1,9})?(?:h|ms|us|ns|m|s))+$/.test(text)) return null;
  const parts = [...text.matchAll(/(\d+)(?:\.(\d{1,9}))?(h|ms|us|ns|m|s)/g)];
  const total = parts.reduce((sum, [, whole = '0', fraction = '', unit = 'ns']) => {
    const size = units[unit] ?? 0n;
    return sum + BigInt(whole) * size + (BigInt(fraction.padEnd(9, '0')) * size) / 1_000_000_000n;
  }, 0n);
  return `${total}ns`;
}
