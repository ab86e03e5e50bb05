import type { Json } from '#proto/domain/json.ts';
import { publish } from '../store/outbox.ts';
import type { TenantTx } from '../store/tenant-tx.ts';

/** Everything that happens to runbooks, keys and executions and is never to be forgotten. */
export type RunbookTopic =
  | 'runbook.imported'
  | 'runbook.trusted'
  | 'key.added'
  | 'key.removed'
  | 'execution.started'
  | 'execution.cancelled'
  | 'execution.ended'
  | 'approval.asked'
  | 'approval.approved'
  | 'approval.denied'
  | 'step.ordered'
  | 'step.begun'
  | 'step.reported'
  | 'step.ended'
  | 'step.output-differs'
  | 'step.fact-refused';

/** Who did it: a person by an API token, an agent, or the control plane itself. */
export type Actor = { readonly person: string; readonly name: string } | { readonly agent: string } | { readonly system: string };

/** One thing that happened: ids, hashes, verdicts and signatures, never what a step wrote. */
export interface RunbookEntry {
  readonly topic: RunbookTopic;
  readonly by: Actor;
  readonly at: Date;
  readonly body: Readonly<Record<string, Json>>;
}

/** Keeps an entry in the transaction in which it happens. */
export type RecordEntry = (tx: TenantTx, entry: RunbookEntry) => Promise<void>;

/** By way of the outbox, from which the audit trail is written. */
export const recordEntry: RecordEntry = (tx, { topic, by, at, body }) => publish(tx, { topic, body: { by: { ...by }, ...body }, createdAt: at });
