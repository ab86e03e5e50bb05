import type { Logger } from 'pino';
import { notYetValid } from '#ca/bring-forward.ts';
import { profiles } from '#ca/x509/profile.ts';
import { issuing, trusted } from '#ca/trust.ts';
import { X509Certificate } from 'node:crypto';
import type { AuthorityKeeper } from './keeper.ts';
import { warningsOf } from './status.ts';

/** When something of the authority that is trusted or issues runs out. */
export interface End {
  readonly role: 'root' | 'agents' | 'servers';
  readonly subject: string;
  readonly atMs: number;
}

/** The roots that are trusted and the intermediates that issue, for metrics. */
export function endsOf({ document }: Pick<AuthorityKeeper, 'document'>): readonly End[] {
  const { agents, servers } = issuing(document);
  const newest = (role: 'agents' | 'servers', list: typeof agents): End[] => list.slice(-1).map(({ certificate }) => endOf(role, certificate));
  return [...trusted(document).map(({ root }) => endOf('root', root)), ...newest('agents', agents), ...newest('servers', servers)];
}

/** Whether agents can be given a certificate of a full life that is believed at once. */
export function canIssue(keeper: Pick<AuthorityKeeper, 'document'>, nowMs: number): boolean {
  return notYetValid(keeper.document, nowMs).length === 0 && endsOf(keeper).every(({ role, atMs }) => atMs > nowMs + (role === 'agents' ? profiles.agent.lifetimeMs : 0));
}

/** Says in the log what runs out before long. */
export function tellOfEnds({ document }: Pick<AuthorityKeeper, 'document'>, nowMs: number, log: Pick<Logger, 'warn'>): void {
  for (const { code, subject, notAfter } of warningsOf(document, nowMs)) log.warn({ code, subject, notAfter }, 'a certificate of the authority runs out before long: see `dd0c ca status`');
}

function endOf(role: End['role'], pem: string): End {
  const { subject, validToDate } = new X509Certificate(pem);
  return { role, subject: subject.replaceAll('\n', ', '), atMs: validToDate.getTime() };
}
