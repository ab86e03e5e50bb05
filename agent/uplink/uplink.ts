import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { asFault, Fault } from '#proto/domain/fault.ts';
import type { Hello, Rejected, TrustOffer, Welcome } from '#proto/domain/frame.ts';
import type { Order, ScanOrder, StepOrderDelivery } from '#proto/domain/order.ts';
import type { Spool } from '../spool/spool.ts';
import { type Dialler, directly } from '../dial/dialler.ts';
import { fingerprintOfPem } from '../identity/trust.ts';
import { checkOwnCertificate, diagnose } from './diagnose.ts';
import type { LinkIdentity } from './link-identity.ts';
import { firstState, type LinkEvent, type LinkState, next } from './link-state.ts';
import { type Keepalive, openLinkStream, usualKeepalive } from './link-stream.ts';
import { oncePerOrder } from './once-per-order.ts';
import { runSession } from './session.ts';

export interface UplinkOptions {
  /** Asked before each connection. */
  readonly identity: () => LinkIdentity;
  readonly spool: Spool;
  /** The way out; by default without a proxy. */
  readonly dialler?: Dialler;
  readonly keepalive?: Keepalive;
  readonly about: Omit<Hello, 'kind' | 'spoolId' | 'lastSeq'>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Each order to scan once, however often it is delivered. */
  readonly onOrder: (order: ScanOrder) => void;
  /** Each delivery of a step order: what came before is for its own journal to say. Answers whether it was taken. */
  readonly onStepOrder?: (order: StepOrderDelivery) => boolean;
  /** To finish and to end; without it, the order stays with the control plane. */
  readonly onDrain?: () => void;
  /** May come more than once, and for an order that is over. */
  readonly onCancel?: (orderId: string) => void;
  /**
   * Takes roots in the place of those that are trusted, and answers their fingerprint; without it, none are taken.
   * @throws Fault why they were not
   */
  readonly onTrust?: (offer: TrustOffer) => Promise<string>;
  readonly onState?: (state: LinkState) => void;
  readonly onRejected?: (rejected: Rejected) => void;
}

/** Keeps one stream to the control plane and empties the spool into it. */
export interface Uplink {
  readonly state: LinkState;
  /** Connects, and connects again after each loss, until `close`. */
  start(): void;
  /** Ends the session in peace and opens the next one at once, with whatever identity there is then. */
  reconnect(): void;
  /**
   * Resolves when all that is spooled now is acknowledged.
   * @throws Fault why not: the server refuses this agent, or the signal fired and this was the last loss
   */
  flush(signal: AbortSignal): Promise<void>;
  /** Says Goodbye, takes what is still being acknowledged, and ends. */
  close(): Promise<void>;
}

export function createUplink({ identity, spool, dialler = directly, keepalive = usualKeepalive, about, clock, random, log, onOrder, onStepOrder = () => false, onCancel = () => {}, onDrain, onTrust, onState, onRejected }: UplinkOptions): Uplink {
  const stopping = new AbortController();
  const changes = new EventEmitter<{ change: [] }>();
  const deliver = oncePerOrder(onOrder);
  let state: LinkState = firstState;
  let lastLoss: Fault | null = null;
  let running: Promise<void> = Promise.resolve();
  let renewed = new AbortController();
  let isDraining = false;

  return {
    get state() {
      return state;
    },
    start() {
      running = run();
    },
    reconnect: () => renewed.abort(),
    flush,
    async close() {
      stopping.abort();
      await running;
      enter({ kind: 'closed' });
    },
  };

  async function run(): Promise<void> {
    onState?.(state);
    while (state.kind !== 'closed') enter(state.kind === 'waiting' ? await wait(state.delayMs) : await connect());
  }

  async function wait(delayMs: number): Promise<LinkEvent> {
    const due = await sleep(delayMs, true, { signal: stopping.signal }).catch(() => false);
    return { kind: due ? 'due' : 'closed' };
  }

  async function connect(): Promise<LinkEvent> {
    let welcomedAt = Infinity;
    renewed = new AbortController();
    try {
      const me = identity();
      checkOwnCertificate(me, clock());
      const end = await runSession(
        {
          spool,
          about: { ...about, trust: fingerprintOfPem(me.trustBundle), ...(isDraining ? { draining: true } : {}) },
          clock,
          open: (onReceived) => openLinkStream(me, { dialler, keepalive }, onReceived),
          onWelcome(welcome) {
            welcomedAt = clock();
            welcomed(welcome);
          },
          onAck: () => changes.emit('change'),
          onOrder: take,
          onCancel,
          onTrust: entrust,
          onRejected: (rejected) => {
            log.warn({ seq: rejected.seq, code: rejected.code, peer: rejected.message }, 'the control plane set a report aside');
            onRejected?.(rejected);
          },
        },
        AbortSignal.any([stopping.signal, renewed.signal]),
      );
      if (end.kind === 'closed') return stopping.signal.aborted ? { kind: 'closed' } : { kind: 'drained', reconnectAfterMs: 0, roll: random() };
      if (end.kind === 'drained') return { kind: 'drained', reconnectAfterMs: end.reconnectAfterMs, roll: random() };
      return lost(welcomedAt === Infinity ? await diagnose(me, end.why, dialler) : end.why, clock() - welcomedAt);
    } catch (error) {
      return lost(asFault(error), clock() - welcomedAt);
    }
  }

  async function entrust(offer: TrustOffer): Promise<string | null> {
    try {
      const fingerprint = (await onTrust?.(offer)) ?? null;
      if (fingerprint !== null) log.info({ roots: offer.roots.length, fingerprint }, 'other roots are trusted from now on');
      return fingerprint;
    } catch (error) {
      const { code, message, next } = asFault(error);
      log.warn({ fault: code, reason: message, next }, 'the roots that were offered are not trusted');
      return null;
    }
  }

  function take(order: Order): boolean {
    if (order.kind === 'drain') {
      if (onDrain === undefined) return false;
      isDraining = true;
      onDrain();
      return true;
    }
    if (isDraining) return false; // it is offered again to whoever is started next
    if (order.kind === 'step') return onStepOrder(order);
    deliver(order);
    return true;
  }

  function welcomed(welcome: Welcome): void {
    lastLoss = null;
    log.info({ epoch: welcome.epoch, resumeAfterSeq: welcome.resumeAfterSeq }, 'link up');
    enter({ kind: 'welcomed', welcome });
  }

  function lost(why: Fault, lastedMs: number): LinkEvent {
    lastLoss = why;
    return { kind: 'lost', why, lastedMs, roll: random() };
  }

  function enter(event: LinkEvent): void {
    const before = state;
    state = next(state, event);
    if (state === before || (state.kind === 'closed' && before.kind === 'closed')) return;
    if (state.kind === 'waiting') tellWaiting(state);
    onState?.(state);
    changes.emit('change');
  }

  function tellWaiting({ why, delayMs }: Extract<LinkState, { kind: 'waiting' }>): void {
    if (why === null) log.info({ delayMs }, 'link ended in peace, to be opened anew');
    else log.warn({ fault: why.code, reason: why.message, next: why.next, delayMs }, 'link down');
  }

  async function flush(signal: AbortSignal): Promise<void> {
    let { id, lastSeq } = spool;
    while (spool.ackedSeq < lastSeq) {
      if (state.kind === 'closed') throw new Fault('server-unreachable', { reason: 'the link was closed' });
      if (lastLoss !== null && isRefusal(lastLoss)) throw lastLoss;
      await once(changes, 'change', { signal }).catch((cause: unknown) => {
        throw lastLoss ?? new Fault('server-silent', { waitingFacts: spool.pending().facts }, { cause });
      });
      if (spool.id !== id) ({ id, lastSeq } = spool); // it was numbered anew
    }
  }
}

/** The server, or our own certificate, says that this agent may not; waiting does not help. */
function isRefusal(fault: Fault): boolean {
  return fault.kind === 'unauthenticated' || fault.kind === 'denied';
}
