import { z } from 'zod';
import { maxApprovals, maxStatementBytes } from '#proto/domain/approval.ts';
import type { ControlFrame } from '#proto/domain/frame.ts';
import { isUuid } from '#proto/domain/identity.ts';
import type { Order } from '#proto/domain/order.ts';
import { maxEnvelopeBytes } from '#proto/domain/step-order.ts';
import type { ControlFrame as Wire, ControlFrame__Output as WireOutput } from '../gen/dd0c/agent/v1/ControlFrame.ts';
import type { Order as WireOrder, Order__Output as WireOrderOutput } from '../gen/dd0c/agent/v1/Order.ts';
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
      return { order: encodeOrder(frame.order) };
    case 'cancel':
      return { cancel: { orderId: frame.orderId } };
    case 'lock':
      return { lock: { reason: frame.reason } };
    case 'trust-offer':
      return { trustBundle: { roots: frame.roots.map(toBuffer), vouchers: frame.vouchers.map(toBuffer) } };
    case 'drain':
      return { drain: { reason: frame.reason, reconnectAfterMs: frame.reconnectAfterMs } };
  }
}

/** @throws where a frame of a known kind has no meaning; `receive` catches it */
export function decodeControlFrame(wire: WireOutput): Received<ControlFrame> {
  const { welcome, ack, rejected, order, cancel, lock, trustBundle, drain } = wire;
  if (welcome) return { kind: 'frame', frame: { kind: 'welcome', ...WelcomeFields.parse(welcome), serverTimeMs: welcome.serverTimeUnixMs } };
  if (ack) return { kind: 'frame', frame: { kind: 'ack', throughSeq: Count.parse(ack.throughSeq) } };
  if (rejected) return { kind: 'frame', frame: { kind: 'rejected', seq: Count.parse(rejected.seq), code: rejected.code, message: rejected.message } };
  if (order) return decodeOrder(order);
  if (cancel) return { kind: 'frame', frame: { kind: 'cancel', orderId: Uuid.parse(cancel.orderId) } };
  if (lock) return { kind: 'frame', frame: { kind: 'lock', reason: lock.reason } };
  if (trustBundle) return { kind: 'frame', frame: { kind: 'trust-offer', ...TrustFields.parse(trustBundle) } };
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

/** A rotation has two roots of some 600 bytes. */
const Certificates = z.array(z.instanceof(Uint8Array).refine(({ length }) => length <= 8 * 1024)).max(16);
const TrustFields = z.object({ roots: Certificates, vouchers: Certificates });

const Uuid = z.string().refine(isUuid);
const StepFields = z.object({
  envelope: z.instanceof(Uint8Array).refine(({ length }) => length <= maxEnvelopeBytes),
  approvals: z
    .array(z.object({ statement: z.instanceof(Uint8Array).refine(({ length }) => length <= maxStatementBytes), signature: z.instanceof(Uint8Array).refine(({ length }) => length <= 64) }))
    .max(maxApprovals),
});

function encodeOrder(order: Order): WireOrder {
  if (order.kind === 'scan') return { id: order.id, scan: { stacks: [...order.stacks] } };
  if (order.kind === 'drain') return { id: order.id, retire: {} };
  const approvals = order.approvals.map(({ statement, signature }) => ({ statement, signature }));
  return { id: order.id, step: { envelope: order.envelope, approvals } };
}

/** An order of a kind that this version does not know is passed over; it stays with the control plane. */
function decodeOrder({ id, scan, step, retire }: WireOrderOutput): Received<ControlFrame> {
  if (scan) return { kind: 'frame', frame: { kind: 'order', order: { kind: 'scan', id: Uuid.parse(id), stacks: scan.stacks } } };
  if (step) return { kind: 'frame', frame: { kind: 'order', order: { kind: 'step', id: Uuid.parse(id), ...StepFields.parse(step) } } };
  if (retire) return { kind: 'frame', frame: { kind: 'order', order: { kind: 'drain', id: Uuid.parse(id) } } };
  return unknown;
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes);
}
