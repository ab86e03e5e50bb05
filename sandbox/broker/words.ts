import type { MessagePort } from 'node:worker_threads';
import type { Case } from './notification.ts';

/** What the agent tells the broker's thread. */
export type BrokerWord = { readonly word: 'attach'; readonly case: Case } | { readonly word: 'close' };

/** What the thread tells the agent. */
export type ThreadWord = { readonly word: 'ready' } | { readonly word: 'attached'; readonly fd: number } | { readonly word: 'connected'; readonly port: number };

export interface WorkerData {
  /** An event descriptor that ends a wait. */
  readonly wake: number;
  readonly port: MessagePort;
}
