import { arch, hostname, platform } from 'node:os';
import type { Logger } from 'pino';
import { capabilities } from '#proto/domain/capability.ts';
import type { ScanOrder } from '#proto/domain/order.ts';
import { version } from '../../config/version.ts';
import { asFault } from '#proto/domain/fault.ts';
import type { IdentityKeeper } from '../../identity/keeper.ts';
import type { Dialler } from '../../dial/dialler.ts';
import type { Spool } from '../../spool/spool.ts';
import type { Steps } from '../steps/open-steps.ts';
import { createUplink, type Uplink } from '../../uplink/uplink.ts';
import type { LinkState } from '../../uplink/link-state.ts';

export interface LinkParts {
  readonly keeper: Pick<IdentityKeeper, 'forConnection' | 'welcomed' | 'refused' | 'trust'>;
  readonly spool: Spool;
  readonly dialler: Dialler;
  readonly log: Logger;
  readonly onOrder: (order: ScanOrder) => void;
  /** Null where the agent ends by itself. */
  readonly onDrain: (() => void) | null;
  /** Null where no steps run here. */
  readonly steps: Pick<Steps, 'take' | 'cancel' | 'capabilities'> | null;
  readonly onState: (state: LinkState) => void;
}

/** Faults after which a successor is given up: the server says that it is none of its own. Anything else may pass. */
const disowning: readonly (string | undefined)[] = ['certificate-unknown', 'certificate-revoked'];

/** The uplink of this host, with the identity of the moment. */
export function createLink({ keeper, spool, dialler, log, onOrder, onDrain, steps, onState }: LinkParts): Uplink {
  return createUplink({
    identity: () => keeper.forConnection(),
    spool,
    dialler,
    about: { agentVersion: version, capabilities: ['scan', capabilities.trust, ...(onDrain === null ? [] : [capabilities.drain]), ...(steps?.capabilities ?? [])], hostname: hostname(), os: platform(), arch: arch() },
    clock: Date.now,
    random: Math.random,
    log,
    onOrder,
    onTrust: (offer) => keeper.trust(offer),
    ...(onDrain === null ? {} : { onDrain }),
    ...(steps === null ? {} : { onStepOrder: steps.take, onCancel: steps.cancel }),
    onState(state) {
      if (state.kind === 'live') keeper.welcomed().catch((error: unknown) => log.warn({ reason: asFault(error).message }, 'the successor could not be put in place; the next connection tries again'));
      if (state.kind === 'waiting' && disowning.includes(state.why?.code)) keeper.refused();
      onState(state);
    },
  });
}
