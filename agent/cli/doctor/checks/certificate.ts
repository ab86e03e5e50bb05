import type { Check } from '../check.ts';

const hour = 3_600_000;

/** Renewal is due at half of the life, a tenth of that more or less; when no try succeeded until then, something is wrong. */
const [renewalFrom, renewalTo, overdueAt] = [0.45, 0.55, 0.65];

/** How old the certificate is, how long it lasts and when it renews, and whether this clock lies within its time. */
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
  const age = now.getTime() - notBefore.getTime();
  const at = (share: number): string => new Date(notBefore.getTime() + life * share).toISOString().slice(0, 16);
  const told = `${serial.slice(0, 16)}…, ${hours(age)} old, ${hours(left)} of ${hours(life)} left; renews between ${at(renewalFrom)} and ${at(renewalTo)} UTC while the agent runs`;
  if (age > life * overdueAt) return [clock, { name: 'certificate', state: 'note', detail: told, next: 'Its renewal is overdue: start the agent, or see in its log why it could not renew; once the certificate has ended, enrol again with --force and a new token.' }];
  return [clock, { name: 'certificate', state: 'good', detail: told }];
};

function hours(milliseconds: number): string {
  return `${Math.round(milliseconds / hour)} h`;
}
