import type { handleUnaryCall } from '@grpc/grpc-js';
import type { Logger } from 'pino';
import { z } from 'zod';
import { faultToStatus } from '#proto/codec/fault-status.ts';
import { asFault, Fault } from '#proto/domain/fault.ts';
import type { AgentId } from '#proto/domain/identity.ts';
import type { Anchors } from '../fleet/issuer.ts';
import type { Renewal } from '../fleet/renewal.ts';
import type { Adopt } from '../fleet/restored.ts';
import { identifyPeer } from './peer-identity.ts';

export interface RenewalDoorOptions {
  readonly renewal: Renewal;
  readonly anchors: Anchors;
  readonly adopt: Adopt;
  /** Ends the agent's stream here, if there is one. */
  readonly cut: (agent: AgentId, reason: Fault) => void;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}

const Request = z.object({ csr: z.instanceof(Uint8Array).refine(({ length }) => length <= 16 * 1024) });

interface Answer {
  readonly certificateChain: readonly Buffer[];
  readonly trustBundle: readonly Buffer[];
  readonly vouchers: readonly Buffer[];
}

/** Serves `AgentService/Renew`: who asks is who the certificate of the connection names. */
export function createRenewalDoor({ renewal, anchors, adopt, cut, clock, log }: RenewalDoorOptions): handleUnaryCall<unknown, Answer> {
  return (call, answer) => {
    const remote = call.getPeer();
    renew(call).then(
      (given) => answer(null, given),
      (error: unknown) => {
        const fault = asFault(error);
        const line = { remote, fault: fault.code, reason: fault.message };
        if (fault.kind === 'broken') log.error({ ...line, err: fault.cause }, 'renewal failed');
        else log.warn(line, 'renewal refused');
        answer(faultToStatus(fault));
      },
    );
  };

  async function renew(call: Parameters<handleUnaryCall<unknown, Answer>>[0]): Promise<Answer> {
    const { identity, serial, record } = identifyPeer(call.getAuthContext(), anchors, clock());
    const request = Request.safeParse(call.request);
    if (!request.success) throw new Fault('csr-invalid', { reason: 'it is missing or too long' });
    await adopt(identity, record);
    try {
      const renewed = await renewal.renew({ identity, serial, csr: request.data.csr, remoteAddress: call.getPeer() });
      log.info({ remote: call.getPeer(), tenant: identity.tenant, agent: identity.agent, serial: renewed.serial, before: serial }, 'certificate renewed');
      return { certificateChain: toBuffers(renewed.certificateChain), trustBundle: toBuffers(renewed.trust.roots), vouchers: toBuffers(renewed.trust.vouchers) };
    } catch (error) {
      if (error instanceof Fault && error.code === 'agent-cloned') cut(identity.agent, new Fault('agent-locked'));
      throw error;
    }
  }
}

function toBuffers(ders: readonly Uint8Array[]): Buffer[] {
  return ders.map((der) => Buffer.from(der));
}
