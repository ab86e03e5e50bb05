import type { Logger } from 'pino';
import type { Received } from '#proto/codec/received.ts';
import { capabilities } from '#proto/domain/capability.ts';
import { asFault, Fault } from '#proto/domain/fault.ts';
import type { AgentFrame, ControlFrame, Heartbeat, Hello } from '#proto/domain/frame.ts';
import type { Order } from '#proto/domain/order.ts';
import { placeOf } from '#proto/link/sequence.ts';
import type { Pulse } from '../fleet/agent-sessions.ts';
import type { Anchors } from '../fleet/issuer.ts';
import type { LinkSessions, News } from '../fleet/link-sessions.ts';
import type { Adopt } from '../fleet/restored.ts';
import type { InboundFact } from '../ingest/assemble.ts';
import type { Ingest, Session } from '../ingest/ingest.ts';
import { createInbox } from './inbox.ts';
import { type LinkCall, refuse } from './link-call.ts';
import type { LiveSession, LiveSessions } from './live-sessions.ts';
import type { Peer } from './peer-identity.ts';
import type { Reach } from './reach.ts';

export interface AgentStreamOptions {
  readonly sessions: LinkSessions;
  readonly ingest: Ingest;
  readonly live: LiveSessions;
  /** Looks for what this session may not have heard. */
  readonly look: (session: LiveSession) => void;
  readonly reach: Pick<Reach, 'cut'>;
  readonly anchors: Anchors;
  readonly adopt: Adopt;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly limits: LinkLimits;
}

export interface LinkLimits {
  readonly heartbeatIntervalMs: number;
  /** How many bytes of facts one agent may have under way, and the server holds for it. */
  readonly windowBytes: number;
  /** A stream whose Hello has not come by then is ended. */
  readonly helloWithinMs: number;
}

/** The longest time a timer takes. */
const maxTimerMs = 2 ** 31 - 1;

/**
 * One agent's stream:
 *
 *     greeting --Hello--> opening --Welcome--> live --the agent finishes--> over
 *     any --a broken rule, a cut, a lost connection--> over
 *
 * While it is opening nothing is read. Live, facts go to the inbox and one loop commits what waits there; when more
 * waits than the window allows, nothing is read until a commit makes room.
 */
export function serveAgent(call: LinkCall, peer: Peer, { sessions, ingest, live, look, reach, anchors, adopt, clock, log, limits }: AgentStreamOptions): void {
  const { identity } = peer;
  const inbox = createInbox(limits.windowBytes / 2);
  const offered = new Set<string>();
  const called = new Set<string>();
  let phase: 'greeting' | 'opening' | 'live' | 'over' = 'greeting';
  let entry: LiveSession | null = null;
  let lastSeq = 0;
  let trusts: string | null = null; // the roots that the agent has, or null where it takes none from the stream
  let vitals: Pulse = { agent: identity.agent, epoch: 0, atMs: clock(), spoolFacts: 0, spoolBytes: 0, alerts: [] };

  const expiry = setTimeout(expire, Math.min(maxTimerMs, peer.notAfter.getTime() - clock()));
  const greeting = setTimeout(() => fail(new Fault('protocol-violated', { reason: 'no Hello came', waitedMs: limits.helloWithinMs })), limits.helloWithinMs);
  call.on('data', take);
  call.on('end', () => {
    clearTimeout(greeting);
    inbox.close();
    if (phase !== 'live') finish(null);
  });
  call.on('cancelled', lose);

  function take(received: Received<AgentFrame>): void {
    vitals = { ...vitals, atMs: clock() };
    if (phase === 'over') return;
    if (clock() >= peer.notAfter.getTime()) return expire(); // a timer does not see that a clock was put forward, or that the host slept
    if (received.kind === 'unknown') return;
    if (received.kind === 'malformed') return fail(received.fault);
    if (phase === 'greeting') return greet(received);
    if (received.kind === 'meaningless-fact') return takeFact(received);
    obey(received.frame);
  }

  function obey(frame: AgentFrame): void {
    switch (frame.kind) {
      case 'hello':
        return fail(new Fault('protocol-violated', { reason: 'a second Hello' }));
      case 'heartbeat':
        return note(frame);
      case 'fact':
        return takeFact(frame.fact);
      case 'order-received':
        return confirm(frame.orderId);
      case 'trust-kept':
        return keepTrust(frame.fingerprint);
      case 'goodbye':
        return; // the end of the stream follows
    }
  }

  function note({ spoolFacts, spoolBytes, alerts }: Heartbeat): void {
    const isNew = alerts.some((alert) => !vitals.alerts.includes(alert));
    if (isNew) log.warn({ ...who(), alerts, spoolFacts, spoolBytes }, 'the agent says that something is wrong with it');
    vitals = { ...vitals, spoolFacts, spoolBytes, alerts };
  }

  function greet(received: Exclude<Received<AgentFrame>, { kind: 'unknown' | 'malformed' }>): void {
    if (received.kind !== 'frame' || received.frame.kind !== 'hello') return fail(new Fault('protocol-violated', { reason: 'the first frame was no Hello' }));
    clearTimeout(greeting);
    phase = 'opening';
    call.pause();
    open(received.frame).catch(fail);
  }

  async function open(hello: Hello): Promise<void> {
    await adopt(identity, peer.record);
    const { epoch, replica, throughSeq } = await sessions.begin(identity, { serial: peer.serial, remoteAddress: call.getPeer() }, hello);
    vitals = { ...vitals, epoch };
    lastSeq = throughSeq;
    const session: Session = { tenant: identity.tenant, agent: identity.agent, spool: hello.spoolId, epoch, replica };
    if (phase !== 'opening') return await sessions.end(identity, epoch, 'connection-lost'); // it was lost meanwhile
    phase = 'live';
    log.info({ ...who(), version: hello.agentVersion, hostname: hello.hostname, resumeAfterSeq: lastSeq }, 'agent connected');
    send({ kind: 'welcome', epoch, capabilities: [capabilities.steps], resumeAfterSeq: lastSeq, heartbeatIntervalMs: limits.heartbeatIntervalMs, windowBytes: limits.windowBytes, serverTimeMs: clock() });
    entry = { identity, epoch, issuer: peer.issuer, vitals: () => vitals, cut, heed, entrust, drain };
    live.add(entry);
    if (!anchors.accepts(peer.issuer)) return cut(new Fault('certificate-retired', { serial: peer.serial })); // while the session began
    if (hello.capabilities.includes(capabilities.trust)) trusts = hello.trust ?? '';
    entrust();
    look(entry); // for orders, and for a lock that came while the session began
    commitWhatComes(session).catch(fail);
    call.resume();
  }

  function takeFact(fact: InboundFact): void {
    const place = placeOf(fact.seq, lastSeq);
    if (place === 'gap') return fail(new Fault('sequence-gap', { expectedSeq: lastSeq + 1, seq: fact.seq }));
    if (place === 'next') lastSeq = fact.seq;
    inbox.put(fact); // a duplicate too: it is answered with where the spool stands
    if (inbox.bytes > limits.windowBytes) call.pause();
  }

  async function commitWhatComes(session: Session): Promise<void> {
    for (;;) {
      const facts = await inbox.take();
      if (facts === null || phase !== 'live') break;
      const { throughSeq, rejected } = await ingest.accept(session, facts);
      for (const { seq, fault } of rejected) send({ kind: 'rejected', seq, code: fault.code, message: fault.message });
      send({ kind: 'ack', throughSeq });
      inbox.done(facts);
      if (inbox.bytes <= limits.windowBytes && phase === 'live') call.resume();
    }
    finish(null);
  }

  function heed({ over, orders, cancels }: News): void {
    if (over !== null) return cut(over);
    for (const order of orders) offer(order);
    for (const orderId of cancels) cancel(orderId);
  }

  function offer(order: Order): void {
    if (offered.has(order.id)) return;
    offered.add(order.id);
    send({ kind: 'order', order });
  }

  function cancel(orderId: string): void {
    if (called.has(orderId)) return;
    called.add(orderId);
    send({ kind: 'cancel', orderId });
  }

  function confirm(orderId: string): void {
    if (!offered.has(orderId)) return;
    sessions
      .orderReceived(identity, orderId)
      .catch((error: unknown) => log.error({ ...who(), orderId, reason: asFault(error).message }, 'an order could not be marked as delivered')); // it is delivered again
  }

  function entrust(): void {
    const { roots, vouchers, fingerprint } = anchors.trust;
    if (trusts !== null && trusts !== fingerprint) send({ kind: 'trust-offer', roots, vouchers });
  }

  function keepTrust(fingerprint: string): void {
    trusts = fingerprint;
    sessions
      .trustKept(identity, fingerprint)
      .catch((error: unknown) => log.error({ ...who(), reason: asFault(error).message }, 'it could not be written what an agent trusts')); // the next Hello says it again
  }

  function drain(reason: string, reconnectAfterMs: number): void {
    send({ kind: 'drain', reason, reconnectAfterMs });
  }

  function expire(): void {
    fail(new Fault('certificate-expired', { notAfter: peer.notAfter.toISOString() }));
  }

  function cut(fault: Fault): void {
    if (fault.code === 'agent-locked') send({ kind: 'lock', reason: fault.message });
    fail(fault);
  }

  function send(frame: ControlFrame): void {
    if (phase === 'live') call.write(frame);
  }

  function fail(error: unknown): void {
    if (phase === 'over') return;
    const fault = asFault(error);
    if (fault.code === 'agent-cloned') reach.cut(identity.agent, new Fault('agent-locked')); // the other one, too, wherever it is
    log.warn({ ...who(), fault: fault.code, reason: fault.message, err: fault.code === 'broken' ? fault.cause : undefined }, 'stream ended');
    finish(fault.code);
    refuse(call, fault);
  }

  /** The peer or the transport broke off; what was being committed is still committed. */
  function lose(): void {
    if (phase === 'over') return;
    log.warn({ ...who(), fault: 'connection-lost' }, 'stream lost');
    finish('connection-lost');
  }

  /** `endedBy` is a fault's code, or null where both sides are done. */
  function finish(endedBy: string | null): void {
    if (phase === 'over') return;
    phase = 'over';
    clearTimeout(expiry);
    clearTimeout(greeting);
    inbox.close();
    if (entry !== null) live.remove(entry, record(endedBy));
    if (endedBy === null) call.end();
  }

  async function record(endedBy: string | null): Promise<void> {
    try {
      await sessions.end(identity, vitals.epoch, endedBy);
    } catch (error) {
      log.error({ ...who(), reason: asFault(error).message }, 'the end of a session could not be written'); // the newer one says it
    }
  }

  function who(): { tenant: string; agent: string; epoch: number; remote: string } {
    return { tenant: identity.tenant, agent: identity.agent, epoch: vitals.epoch, remote: call.getPeer() };
  }
}
