import { asFault } from '#proto/domain/fault.ts';
import { type AgentStreamOptions, type LinkLimits, serveAgent } from './agent-stream.ts';
import { type LinkCall, refuse } from './link-call.ts';
import { identifyPeer, type Peer } from './peer-identity.ts';

export const usualLimits: LinkLimits = { heartbeatIntervalMs: 15_000, windowBytes: 2 * 1024 * 1024, helloWithinMs: 10_000 };

/** Serves `AgentService/Connect`: says who calls, and hands the stream on. */
export function createStreamDoor(options: AgentStreamOptions): (call: LinkCall) => void {
  const { anchors, clock, log } = options;

  return (call) => {
    call.on('error', () => {}); // our own refusals pass here; what the peer did is told by `cancelled`
    const peer = identify(call);
    if (peer !== null) serveAgent(call, peer, options);
  };

  function identify(call: LinkCall): Peer | null {
    try {
      return identifyPeer(call.getAuthContext(), anchors, clock());
    } catch (error) {
      const fault = asFault(error);
      log.warn({ remote: call.getPeer(), fault: fault.code, reason: fault.message }, 'stream refused');
      refuse(call, fault);
      return null;
    }
  }
}
