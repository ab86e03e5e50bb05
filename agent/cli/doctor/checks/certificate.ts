import type { Check } from '../check.ts';

const hour = 3_600_000;

/** How long the certificate lasts, and whether this clock lies within its time. */
export const checkCertificate: Check = async ({ identity, now }) => {
  if (identity === null) return [];
  const { notBefore, notAfter, serial } = identity;
  const life = notAfter.getTime() - notBefore.getTime();
  const left = notAfter.getTime() - now.getTime();
  const clock = { name: 'clock', state: 'good', detail: `${now.toISOString()}, within the time of the certificate` } as const;
  if (now < notBefore) {
    return [{ name: 'clock', state: 'bad', detail: `${now.toISOString()} is before the certificate begins, ${notBefore.toISOString()}`, next: 'Set the clock of this machine (NTP).' }];
  }
  if (left <= 0) {
    return [{ name: 'certificate', state: 'bad', detail: `ended ${notAfter.toISOString()}`, next: 'If the clock is right, enrol again with --force and a new token.' }];
  }
  const told = `${serial.slice(0, 16)}…, ${hours(left)} of ${hours(life)} left`;
  if (left < life / 4) return [clock, { name: 'certificate', state: 'note', detail: told, next: 'It ends soon; enrol again with --force and a new token if it is not renewed.' }];
  return [clock, { name: 'certificate', state: 'good', detail: told }];
};

function hours(milliseconds: number): string {
  return `${Math.round(milliseconds / hour)} h`;
}
