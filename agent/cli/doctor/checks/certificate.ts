import { type Identity, isRecoverable } from '../../../identity/identity.ts';
import { readTrouble } from '../../../identity/recover.ts';
import type { Check, Finding } from '../check.ts';

const hour = 3_600_000;

/** Renewal is due at half of the life, a tenth of that more or less; when no try succeeded until then, something is wrong. */
const [renewalFrom, renewalTo, overdueAt] = [0.45, 0.55, 0.65];

/** How old the certificate is, how long it lasts and when it renews, and whether this clock lies within its time. */
export const checkCertificate: Check = async ({ dataDir, identity, now }) => {
  if (identity === null) return [];
  const { notBefore, notAfter, serial } = identity;
  const life = notAfter.getTime() - notBefore.getTime();
  const left = notAfter.getTime() - now.getTime();
  const clock = { name: 'clock', state: 'good', detail: `${now.toISOString()}, within the time of the certificate` } as const;
  if (now < notBefore) {
    return [{ name: 'clock', state: 'bad', detail: `${now.toISOString()} is before the certificate begins, ${notBefore.toISOString()}`, next: 'Set the clock of this machine (NTP).' }];
  }
  if (left <= 0) return [await ended(dataDir, identity)];
  const age = now.getTime() - notBefore.getTime();
  const at = (share: number): string => new Date(notBefore.getTime() + life * share).toISOString().slice(0, 16);
  const told = `${serial.slice(0, 16)}…, ${hours(age)} old, ${hours(left)} of ${hours(life)} left; renews between ${at(renewalFrom)} and ${at(renewalTo)} UTC while the agent runs`;
  if (age > life * overdueAt) return [clock, { name: 'certificate', state: 'note', detail: told, next: 'Its renewal is overdue: start the agent, or see in its log why it could not renew; once the certificate has ended, an operator may have to approve that it comes back.' }];
  return [clock, { name: 'certificate', state: 'good', detail: told }];
};

/** It comes back by itself where the control plane lets it; what it said last stands on the disk. */
async function ended(dataDir: string, identity: Identity): Promise<Finding> {
  const detail = `ended ${identity.notAfter.toISOString()}`;
  if (!isRecoverable(identity)) return { name: 'certificate', state: 'bad', detail, next: 'If the clock is right, enrol again with --force and a new token.' };
  const trouble = await readTrouble(dataDir);
  if (trouble === null) return { name: 'certificate', state: 'bad', detail, next: 'Start the agent: it asks its control plane for another, which an operator may have to approve (`dd0c recoveries list`).' };
  return { name: 'certificate', state: 'bad', detail: `${detail}; asked for another ${trouble.at}: ${trouble.message.replace(/^\[[a-z-]+\] /, '')}`, next: trouble.next };
}

function hours(milliseconds: number): string {
  return `${Math.round(milliseconds / hour)} h`;
}
