import type { Fact } from './fact.ts';
import type { Order } from './order.ts';

/** What an agent says on the link. */
export type AgentFrame = Hello | Heartbeat | FactFrame | OrderReceived | TrustKept | Goodbye;

/** What the control plane says on the link. */
export type ControlFrame = Welcome | Ack | Rejected | OrderFrame | Cancel | Lock | TrustOffer | Drain;

/** The first frame of a stream. */
export interface Hello {
  readonly kind: 'hello';
  readonly agentVersion: string;
  /** What this agent can do; the server sends nothing that needs more. */
  readonly capabilities: readonly string[];
  /** A UUID; a lost disk begins a new one. */
  readonly spoolId: string;
  /** The last fact ever put into the spool, 0 for none. */
  readonly lastSeq: number;
  readonly hostname: string;
  readonly os: string;
  readonly arch: string;
  /** It was told to drain, and is still at it. */
  readonly draining?: boolean;
  /** Fingerprint of the roots that it trusts, as in TrustKept; left out by an agent that does not say. */
  readonly trust?: string;
}

/** State, latest wins. */
export interface Heartbeat {
  readonly kind: 'heartbeat';
  readonly sentAtMs: number;
  readonly spoolFacts: number;
  readonly spoolBytes: number;
  /** Codes of what is wrong with the agent now. */
  readonly alerts: readonly string[];
}

export interface FactFrame {
  readonly kind: 'fact';
  readonly fact: Fact;
}

/** Until it is said, the order is delivered again with every session. */
export interface OrderReceived {
  readonly kind: 'order-received';
  readonly orderId: string;
}

/** The roots of a TrustOffer are on the agent's disk. */
export interface TrustKept {
  readonly kind: 'trust-kept';
  /** SHA-256 over the SHA-256 of each root, in ascending order; hexadecimal. */
  readonly fingerprint: string;
}

/** The agent ends the stream on purpose. */
export interface Goodbye {
  readonly kind: 'goodbye';
  readonly reason: string;
}

/** The answer to Hello. */
export interface Welcome {
  readonly kind: 'welcome';
  /** Counts the sessions of this agent from 1; the newest wins. */
  readonly epoch: number;
  readonly capabilities: readonly string[];
  /** The last fact of the Hello's spool that is committed. */
  readonly resumeAfterSeq: number;
  readonly heartbeatIntervalMs: number;
  /** How many bytes of facts, as `weigh` counts them, may be under way without an Ack. */
  readonly windowBytes: number;
  readonly serverTimeMs: number;
}

/** Everything up to and including this fact is committed. */
export interface Ack {
  readonly kind: 'ack';
  readonly throughSeq: number;
}

/** A fact that was set aside because it has no meaning; it is acknowledged all the same. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly seq: number;
  readonly code: string;
  readonly message: string;
}

export interface OrderFrame {
  readonly kind: 'order';
  readonly order: Order;
}

/** The order is to end: a step that runs is killed, one that has not begun is refused. How it ended is told as a fact. */
export interface Cancel {
  readonly kind: 'cancel';
  readonly orderId: string;
}

/** The agent has been locked: it stops reporting and takes no orders. */
export interface Lock {
  readonly kind: 'lock';
  readonly reason: string;
}

/** Roots to trust from now on; only to an agent that said `trust`. */
export interface TrustOffer {
  readonly kind: 'trust-offer';
  /** DER. */
  readonly roots: readonly Uint8Array[];
  /** DER: roots that are new, signed by the root before them. */
  readonly vouchers: readonly Uint8Array[];
}

/** The server goes down or wants the agent elsewhere: finish, then reconnect after the given time. */
export interface Drain {
  readonly kind: 'drain';
  readonly reason: string;
  readonly reconnectAfterMs: number;
}
