import type { ServerDuplexStream } from '@grpc/grpc-js';
import { faultToStatus } from '#proto/codec/fault-status.ts';
import type { Received } from '#proto/codec/received.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { AgentFrame, ControlFrame } from '#proto/domain/frame.ts';

/** One call of `AgentService/Connect`. */
export type LinkCall = ServerDuplexStream<Received<AgentFrame>, ControlFrame>;

/** After something that passes, agents come back after this time and their own backoff. */
const retryAfterMs = 1_000;

/** Ends a call with a typed status: its code, and the fault's own code in a trailer; where it passes, also when to come back. */
export function refuse(call: LinkCall, fault: Fault): void {
  call.emit('error', faultToStatus(fault.kind === 'unavailable' ? new Fault(fault.code, { retryAfterMs, ...fault.facts }, { cause: fault.cause }) : fault));
}
