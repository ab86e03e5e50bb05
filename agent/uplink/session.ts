import { asFault, Fault } from '#proto/domain/fault.ts';
import type { ControlFrame, Hello, Rejected, TrustOffer, Welcome } from '#proto/domain/frame.ts';
import type { Order } from '#proto/domain/order.ts';
import type { Received } from '#proto/codec/received.ts';
import type { Spool } from '../spool/spool.ts';
import type { LinkStream } from './link-stream.ts';
import { type Pump, startPump } from './pump.ts';

export interface SessionOptions {
  readonly spool: Spool;
  readonly about: Omit<Hello, 'kind' | 'spoolId' | 'lastSeq'>;
  readonly clock: () => number;
  readonly onWelcome: (welcome: Welcome) => void;
  readonly onAck: () => void;
  /** Whether the order was taken; one that was not stays with the control plane, which offers it again. */
  readonly onOrder: (order: Order) => boolean;
  readonly onCancel: (orderId: string) => void;
  /** Answers the fingerprint of the roots that are trusted from now on, or null where they were not believed. */
  readonly onTrust: (offer: TrustOffer) => Promise<string | null>;
  readonly onRejected: (rejected: Rejected) => void;
  /** Opens the stream; frames are handed to the callback. */
  readonly open: (onReceived: (received: Received<ControlFrame>) => void) => LinkStream;
}

/** How a session ended. */
export type SessionEnd =
  | { readonly kind: 'lost'; readonly why: Fault }
  | { readonly kind: 'drained'; readonly reconnectAfterMs: number }
  | { readonly kind: 'closed' };

/** A server that says nothing for so long after Hello is given up. */
const welcomeWithinMs = 30_000;
/** A peer that does not end the stream for so long after Goodbye is left. */
const farewellMs = 5_000;

/** Runs one session from Hello to its end. An abort says Goodbye and waits for what is still being acknowledged. */
export async function runSession(options: SessionOptions, signal: AbortSignal): Promise<SessionEnd> {
  const { spool, clock, onWelcome, onAck, onOrder, onRejected } = options;
  const stream = options.open(take);
  let pump = null as Pump | null; // set by the Welcome
  let heartbeat: NodeJS.Timeout | undefined;
  let verdict: SessionEnd | null = null;
  let isLocked = false;
  let patience = setTimeout(() => leave({ kind: 'lost', why: new Fault('server-silent', { waitedMs: welcomeWithinMs }) }), welcomeWithinMs);

  const onAbort = (): void => farewell({ kind: 'closed' }, 'the agent stops');
  signal.addEventListener('abort', onAbort);
  stream.write({ kind: 'hello', spoolId: spool.id, lastSeq: spool.lastSeq, ...options.about });
  if (signal.aborted) onAbort();

  const fault = await stream.ended;

  clearTimeout(patience);
  clearInterval(heartbeat);
  signal.removeEventListener('abort', onAbort);
  pump?.stop();
  return verdict ?? { kind: 'lost', why: fault ?? new Fault('server-unreachable', { reason: 'the server ended the stream' }) };

  function take(received: Received<ControlFrame>): void {
    try {
      if (received.kind === 'malformed') leave({ kind: 'lost', why: received.fault });
      if (received.kind === 'frame') obey(received.frame);
    } catch (error) {
      fail(error);
    }
  }

  function obey(frame: ControlFrame): void {
    switch (frame.kind) {
      case 'welcome':
        return welcomed(frame);
      case 'ack':
        pump?.acknowledge(frame.throughSeq);
        return onAck();
      case 'rejected':
        return onRejected(frame);
      case 'order':
        return ordered(frame.order);
      case 'cancel':
        return options.onCancel(frame.orderId);
      case 'trust-offer':
        return void entrusted(frame);
      case 'lock':
        isLocked = true;
        return pump?.stop();
      case 'drain':
        return farewell({ kind: 'drained', reconnectAfterMs: frame.reconnectAfterMs }, 'the server drains');
    }
  }

  function welcomed(welcome: Welcome): void {
    if (pump !== null || verdict !== null) return;
    if (welcome.resumeAfterSeq > spool.lastSeq || welcome.resumeAfterSeq < spool.ackedSeq) return startAnew(welcome.resumeAfterSeq);
    clearTimeout(patience);
    spool.acknowledge(welcome.resumeAfterSeq);
    onWelcome(welcome);
    onAck();
    pump = startPump(spool, stream, welcome);
    pump.done.catch(fail);
    if (spool.alerts().length > 0) beat(); // somebody may be waiting to hear of it
    heartbeat = setInterval(beat, welcome.heartbeatIntervalMs);
  }

  function startAnew(committedSeq: number): void {
    const { ackedSeq, lastSeq } = spool;
    spool.beginAnew();
    leave({ kind: 'lost', why: new Fault('resume-point-lost', { committedSeq, ackedSeq, lastSeq }) });
  }

  function beat(): void {
    const { facts, bytes } = spool.pending();
    stream.write({ kind: 'heartbeat', sentAtMs: clock(), spoolFacts: facts, spoolBytes: bytes, alerts: spool.alerts() });
  }

  function ordered(order: Order): void {
    if (isLocked || verdict !== null) return; // it takes no more, and what it would say of them would not arrive
    if (onOrder(order)) stream.write({ kind: 'order-received', orderId: order.id });
  }

  async function entrusted(offer: TrustOffer): Promise<void> {
    const fingerprint = await options.onTrust(offer);
    if (fingerprint !== null && verdict === null) stream.write({ kind: 'trust-kept', fingerprint });
  }

  function farewell(end: SessionEnd, reason: string): void {
    if (verdict !== null) return;
    if (pump === null) return leave(end);
    verdict = end;
    pump.stop();
    stream.write({ kind: 'goodbye', reason });
    stream.finish();
    patience = setTimeout(() => stream.cancel(), farewellMs);
  }

  function fail(error: unknown): void {
    leave({ kind: 'lost', why: asFault(error) });
  }

  function leave(end: SessionEnd): void {
    verdict ??= end;
    stream.cancel();
  }
}
