import type { Logger } from 'pino';
import type { OwnCertificate, ServerTls } from '#ca/authority.ts';
import { asFault } from '#proto/domain/fault.ts';
import type { AuthorityKeeper } from './authority/keeper.ts';

export interface ServerCertificateParts {
  readonly keeper: Pick<AuthorityKeeper, 'authority' | 'onChange'>;
  /** The names and addresses under which the server is dialled. */
  readonly hosts: readonly string[];
  readonly record: (certificates: readonly OwnCertificate[]) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly log: Pick<Logger, 'info' | 'error'>;
}

/** The certificate that this server shows, and the roots under which it believes agents. */
export interface ServerCertificate {
  /** What a listener begins with; `use` is called with every successor. */
  readonly first: ServerTls;
  /** Renews it if it has lived half of its life, or has not begun: the clock went back, and nobody whose own is right believes it. */
  round(): Promise<void>;
  /** From now on: every successor, also after a change of the authority. */
  onRenewed(use: (tls: ServerTls) => void): void;
}

/**
 * Keeps a server's certificate young, and as the authority is now. A renewal that fails is told and tried again with the
 * next round; the one before is shown meanwhile.
 * @throws Fault `policy-refused`
 */
export async function keepServerCertificate({ keeper, hosts, record, clock, log }: ServerCertificateParts): Promise<ServerCertificate> {
  const listeners: ((tls: ServerTls) => void)[] = [];
  const first = await issue();
  let current = first;
  let renewing: Promise<void> = Promise.resolve();
  keeper.onChange(() => void enqueue());

  return {
    first,
    async round() {
      if (clock() >= halfLifeOf(current.record) || clock() < current.record.notBefore.getTime()) await enqueue();
    },
    onRenewed(use) {
      listeners.push(use);
      if (current !== first) use(current);
    },
  };

  /** One after the other: the last one that is shown is of the authority as it is. */
  function enqueue(): Promise<void> {
    renewing = renewing.then(renew);
    return renewing;
  }

  async function renew(): Promise<void> {
    try {
      current = await issue();
      for (const use of listeners) use(current);
      log.info({ serial: current.record.serial, notAfter: current.record.notAfter.toISOString() }, 'the server shows a new certificate; streams live on');
    } catch (error) {
      const { code, message, next } = asFault(error);
      log.error({ fault: code, reason: message, next, shownUntil: current.record.notAfter.toISOString() }, 'the server’s certificate could not be renewed');
    }
  }

  async function issue(): Promise<ServerTls> {
    const { authority } = keeper;
    const tls = await authority.issueServer(hosts);
    await record([...authority.own, tls.record]);
    return tls;
  }
}

function halfLifeOf({ notBefore, notAfter }: OwnCertificate): number {
  return (notBefore.getTime() + notAfter.getTime()) / 2;
}
