import { z } from 'zod';
import { count } from '../session.ts';
import { renderRecord } from '../terminal/record.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import type { Terminal } from '../terminal/terminal.ts';

const Certificate = z.looseObject({ subject: z.string(), serial: z.string(), notAfter: z.string() });
const Below = z.array(Certificate.extend({ replacedAt: z.string().nullable() }));

/** How the authority stands, as far as it is shown. */
export const Authority = z.looseObject({
  trustDomain: z.string(),
  pin: z.string(),
  phase: z.string(),
  since: z.string().nullable(),
  roots: z.array(Certificate.extend({ which: z.string(), pin: z.string(), key: z.string(), exportedAt: z.string().nullable(), agents: Below, servers: Below })),
  requests: z.array(z.looseObject({ role: z.string(), root: z.string(), requestedAt: z.string() })),
  next: z.looseObject({
    step: z.string(),
    lacks: z.string().nullable(),
    ready: z.number(),
    counted: z.number(),
    away: z.number(),
    waiting: z.array(z.looseObject({ id: z.string(), name: z.string(), lastSeen: z.string().nullable() })),
    waitingElsewhere: z.number(),
  }),
  warnings: z.array(z.looseObject({ code: z.string(), subject: z.string(), notAfter: z.string() })),
  restoredAt: z.string().nullable(),
});
type Authority = z.infer<typeof Authority>;

const told: Readonly<Record<string, string>> = {
  steady: 'steady: one root, trusted and issuing',
  prepared: 'prepared: a successor is there; nobody trusts it yet',
  trusting: 'trusting: agents are given both roots; the old one issues',
  issuing: 'issuing: both roots are trusted; the successor issues',
};

/** What stands now, what is wrong, what comes next and what that needs. */
export function renderAuthority(authority: Authority, { paint, now }: Terminal): string {
  const { trustDomain, pin, phase, since, roots, requests, warnings, restoredAt } = authority;
  const at = (time: string): string => `${relativeTime(time, now())} (${time})`;
  const head = renderRecord(
    told[phase] ?? phase,
    [
      ['since', since === null ? null : at(since)],
      ['trust domain', trustDomain],
      ['pin', pin],
      ['restored', restoredAt === null ? null : at(restoredAt)],
    ],
    paint,
  );
  const bodies = roots.map((root) =>
    renderRecord(
      `${root.which} root  ${root.subject}`,
      [
        ['ends', at(root.notAfter)],
        ['private key', root.key === 'here' ? `on the server${root.exportedAt === null ? '' : `, exported ${at(root.exportedAt)}`}` : 'elsewhere'],
        ['for agents', issuer(root.agents, at)],
        ['for servers', issuer(root.servers, at)],
      ],
      paint,
    ),
  );
  const waiting = requests.map(({ role, requestedAt }) => `An intermediate for ${role} waits for a signature since ${at(requestedAt)}: dd0c ca import-intermediate FILE\n`);
  const alerts = warnings.map(({ code, subject, notAfter }) => `${paint('red', 'warning')} ${subject} ends ${at(notAfter)}: ${code === 'root-ends' ? 'begin a rotation (dd0c ca rotate --to prepare)' : 'dd0c ca renew-intermediate, or request-intermediate where the root is elsewhere'}\n`);
  return [head, ...bodies, ...waiting, ...alerts, renderNext(authority, { paint, now })].join('\n');
}

function issuer(list: Authority['roots'][number]['agents'], at: (time: string) => string): string {
  const newest = list.at(-1);
  return newest === undefined ? 'none yet' : `${newest.subject}, ends ${at(newest.notAfter)}`;
}

const comes: Readonly<Record<string, string>> = {
  prepare: 'makes a successor; changes nothing for anybody',
  trust: 'gives both roots to the agents',
  issue: 'lets the successor issue; agents renew within a day. Join tokens made before are void',
  retire: 'ends the old root: its certificates, and the streams under them, are cut',
};

function renderNext({ next, phase }: Authority, { paint, now }: Pick<Terminal, 'paint' | 'now'>): string {
  const lines = [`${paint('bold', 'next')}  dd0c ca rotate --to ${next.step}  ${paint('dim', comes[next.step] ?? '')}\n`];
  if (next.lacks !== null) {
    const what = next.lacks === 'trust' ? 'trust both roots' : 'have a certificate under the successor';
    lines.push(`  ${next.ready} of ${count(next.counted, 'agent')} ${what}; ${next.away} away (locked or expired, not counted)\n`);
    for (const { id, name, lastSeen } of next.waiting) lines.push(`  ${paint('yellow', 'waits')}  ${name}  ${id}  last seen ${relativeTime(lastSeen, now())}\n`);
    if (next.waitingElsewhere > 0) lines.push(`  and ${count(next.waitingElsewhere, 'agent')} of other tenants\n`);
  }
  if (phase !== 'steady') lines.push(`${paint('bold', 'back')}  dd0c ca rollback\n`);
  return lines.join('');
}
