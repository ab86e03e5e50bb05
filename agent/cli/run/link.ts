import { arch, hostname, platform } from 'node:os';
import type { Logger } from 'pino';
import type { Order } from '#proto/domain/order.ts';
import { version } from '../../config/version.ts';
import { loadIdentity } from '../../identity/identity.ts';
import type { Spool } from '../../spool/spool.ts';
import { createUplink, type Uplink } from '../../uplink/uplink.ts';
import type { LinkState } from '../../uplink/link-state.ts';

export interface LinkParts {
  readonly dataDir: string;
  readonly spool: Spool;
  readonly log: Logger;
  readonly onOrder: (order: Order) => void;
  readonly onState: (state: LinkState) => void;
}

/** The uplink of this host and this data folder. */
export function createLink({ dataDir, spool, log, onOrder, onState }: LinkParts): Uplink {
  return createUplink({
    identity: () => loadIdentity(dataDir, Date.now()),
    spool,
    about: { agentVersion: version, capabilities: ['scan'], hostname: hostname(), os: platform(), arch: arch() },
    clock: Date.now,
    random: Math.random,
    log,
    onOrder,
    onState,
  });
}
