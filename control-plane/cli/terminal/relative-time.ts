const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** What was an hour when the server said so still reads as one when it arrives. */
const onTheWayMs = 1_000;

/** `3 min ago`, `in 2 h`, `just now`; a dash where there is no moment. `now` in milliseconds since 1970. */
export function relativeTime(moment: string | null, now: number): string {
  const at = moment === null ? Number.NaN : Date.parse(moment);
  if (Number.isNaN(at)) return '–';
  const distance = at > now ? at - now + onTheWayMs : now - at;
  const [unit, size] = units.find(([, milliseconds]) => distance >= milliseconds) ?? ['', 0];
  if (size === 0) return 'just now';
  const told = `${Math.floor(distance / size)} ${unit}`;
  return at > now ? `in ${told}` : `${told} ago`;
}
