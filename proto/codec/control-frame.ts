import { z } from 'zod';
import type { ControlFrame } from '#proto/domain/frame.ts';
import { isUuid } from '#proto/domain/identity.ts';
import type { ControlFrame as Wire, ControlFrame__Output as WireOutput } from '../gen/dd0c/agent/v1/ControlFrame.ts';
import type { Order__Output as WireOrder } from '../gen/dd0c/agent/v1/Order.ts';
import { type Received, unknown } from './received.ts';

export function encodeControlFrame(frame: ControlFrame): Wire {
  switch (frame.kind) {
    case 'welcome':
      return { welcome: { ...frame, capabilities: [...frame.capabilities], serverTimeUnixMs: frame.serverTimeMs } };
    case 'ack':
      return { ack: { throughSeq: frame.throughSeq } };
    case 'rejected':
      return { rejected: { seq: frame.seq, code: frame.code, message: frame.message } };
    case 'order':
      return { order: { id: frame.order.id, scan: { stacks: [...frame.order.stacks] } } };
    case 'lock':
      return { lock: { reason: frame.reason } };
    case 'drain':
      return { drain: { reason: frame.reason, reconnectAfterMs: frame.reconnectAfterMs } };
  }
}

/** @throws where a frame of a known kind has no meaning; `receive` catches it */
export function decodeControlFrame(wire: WireOutput): Received<ControlFrame> {
  const { welcome, ack, rejected, order, lock, drain } = wire;
  if (welcome) return { kind: 'frame', frame: { kind: 'welcome', ...WelcomeFields.parse(welcome), serverTimeMs: welcome.serverTimeUnixMs } };
  if (ack) return { kind: 'frame', frame: { kind: 'ack', throughSeq: Count.parse(ack.throughSeq) } };
  if (rejected) return { kind: 'frame', frame: { kind: 'rejected', seq: Count.parse(rejected.seq), code: rejected.code, message: rejected.message } };
  if (order) return decodeOrder(order);
  if (lock) return { kind: 'frame', frame: { kind: 'lock', reason: lock.reason } };
  if (drain) return { kind: 'frame', frame: { kind: 'drain', reason: drain.reason, reconnectAfterMs: drain.reconnectAfterMs } };
  return unknown;
}

const Count = z.number().int().nonnegative();

const WelcomeFields = z.object({
  epoch: Count.positive(),
  capabilities: z.array(z.string()),
  resumeAfterSeq: Count,
  heartbeatIntervalMs: Count.positive(),
  windowBytes: Count.positive(),
});

const ScanFields = z.object({ id: z.string().refine(isUuid), scan: z.object({ stacks: z.array(z.string()) }) });

function decodeOrder(wire: WireOrder): Received<ControlFrame> {
  if (!wire.scan) return unknown;
  const { id, scan } = ScanFields.parse(wire);
  return { kind: 'frame', frame: { kind: 'order', order: { kind: 'scan', id, stacks: scan.stacks } } };
}
