import { z } from 'zod';
import type { Fact } from '#proto/domain/fact.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { AgentFrame, FactFrame, Hello } from '#proto/domain/frame.ts';
import { isUuid } from '#proto/domain/identity.ts';
import type { Scrubbed } from '#proto/domain/scrubbed.ts';
import type { AgentFrame as Wire, AgentFrame__Output as WireOutput } from '../gen/dd0c/agent/v1/AgentFrame.ts';
import type { Fact__Output as WireFactOutput } from '../gen/dd0c/agent/v1/Fact.ts';
import type { Hello__Output as WireHello } from '../gen/dd0c/agent/v1/Hello.ts';
import { decodeBody, encodeFact } from './fact-body.ts';
import { type Received, unknown } from './received.ts';

/** What an agent may put on the wire: of facts only those that the scrubber has passed. */
export type SendableFrame = Exclude<AgentFrame, FactFrame> | { readonly kind: 'fact'; readonly fact: Scrubbed<Fact> };

export function encodeAgentFrame(frame: SendableFrame): Wire {
  switch (frame.kind) {
    case 'hello':
      return { hello: { ...frame, capabilities: [...frame.capabilities], trust: Buffer.from(frame.trust ?? '', 'hex') } };
    case 'heartbeat':
      return { heartbeat: { sentAtUnixMs: frame.sentAtMs, spoolFacts: frame.spoolFacts, spoolBytes: frame.spoolBytes, alerts: [...frame.alerts] } };
    case 'fact':
      return { fact: encodeFact(frame.fact) };
    case 'order-received':
      return { orderReceived: { orderId: frame.orderId } };
    case 'trust-kept':
      return { trustKept: { fingerprint: Buffer.from(frame.fingerprint, 'hex') } };
    case 'goodbye':
      return { goodbye: { reason: frame.reason } };
  }
}

/** @throws where a frame of a known kind has no meaning; `receive` catches it */
export function decodeAgentFrame(wire: WireOutput): Received<AgentFrame> {
  if (wire.hello) return { kind: 'frame', frame: decodeHello(wire.hello) };
  if (wire.heartbeat) {
    const { sentAtUnixMs, spoolFacts, spoolBytes, alerts } = wire.heartbeat;
    return { kind: 'frame', frame: { kind: 'heartbeat', sentAtMs: Time.parse(sentAtUnixMs), spoolFacts: Count.parse(spoolFacts), spoolBytes: Count.parse(spoolBytes), alerts: Alerts.parse(alerts) } };
  }
  if (wire.fact) return decodeFact(wire.fact);
  if (wire.orderReceived) return { kind: 'frame', frame: { kind: 'order-received', orderId: Uuid.parse(wire.orderReceived.orderId) } };
  if (wire.trustKept) return { kind: 'frame', frame: { kind: 'trust-kept', fingerprint: Fingerprint.parse(wire.trustKept.fingerprint) } };
  if (wire.goodbye) return { kind: 'frame', frame: { kind: 'goodbye', reason: wire.goodbye.reason.slice(0, 200) } };
  return unknown;
}

/** Codes of faults: they are shown and logged. */
const Alerts = z.array(z.string().regex(/^[a-z][a-z0-9-]{0,63}$/)).max(16);
const Count = z.number().int().nonnegative();
const Time = z.number().int();
const Seq = z.number().int().positive();
const Uuid = z.string().refine(isUuid);
/** Names for people and rows: no control characters, which databases and terminals take ill. */
const Label = z.string().max(255).regex(/^\P{Cc}*$/u);

const hashBytes = 32;
const Fingerprint = z.instanceof(Uint8Array).refine(({ length }) => length === hashBytes).transform((bytes) => Buffer.from(bytes).toString('hex'));

const HelloFields = z.object({
  agentVersion: Label,
  capabilities: z.array(Label).max(64),
  spoolId: Uuid,
  lastSeq: Count,
  hostname: Label,
  os: Label,
  arch: Label,
  draining: z.boolean().default(false),
  trust: z.instanceof(Uint8Array).default(new Uint8Array()),
});

function decodeHello(wire: WireHello): Hello {
  const { draining, trust, ...fields } = HelloFields.parse(wire);
  return { kind: 'hello', ...fields, ...(draining ? { draining } : {}), ...(trust.length > 0 ? { trust: Fingerprint.parse(trust) } : {}) };
}

function decodeFact(wire: WireFactOutput): Received<FactFrame> {
  const seq = Seq.parse(wire.seq);
  const body = decodeBody(wire);
  if (body instanceof Fault) return { kind: 'meaningless-fact', seq, fault: body };
  return { kind: 'frame', frame: { kind: 'fact', fact: { seq, body } } };
}
