import type { ServerDuplexStream } from '@grpc/grpc-js';
import { faultToStatus } from '#proto/codec/fault-status.ts';
import type { Received } from '#proto/codec/received.ts';
import type { Fault } from '#proto/domain/fault.ts';
import type { AgentFrame, ControlFrame } from '#proto/domain/frame.ts';

/** One call of `AgentService/Connect`. */
export type LinkCall = ServerDuplexStream<Received<AgentFrame>, ControlFrame>;

/** Ends a call with a typed status: its code, and the fault's own code in a trailer. */
export function refuse(call: LinkCall, fault: Fault): void {
  call.emit('error', faultToStatus(fault));
}
