import { randomBytes } from 'node:crypto';
import type { AdmissionDesk } from '#agent/runbook/admit.ts';
import { createExecute } from '#agent/runbook/execute.ts';
import { type Journal, openJournal } from '#agent/runbook/journal/journal.ts';
import { createStepRunner, type StepRunner } from '#agent/runbook/runner.ts';
import { grantSecrets, type SecretSource } from '#agent/runbook/secrets.ts';
import { createTeller, type Outbox } from '#agent/runbook/teller.ts';
import { createScrubbers } from '#agent/scrub/scrubber.ts';
import type { FactBody } from '#proto/domain/fact.ts';
import { Fault } from '#proto/domain/fault.ts';
import { readStepResult, type StepResult } from '#proto/domain/step-result.ts';
import type { StepOrder } from '#proto/domain/step-order.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { deskOf } from '#test/fakes/admission.ts';
import { uuidOf } from '#test/fakes/facts.ts';
import { orderOf } from '#test/fakes/step-plans.ts';

export interface StepBench {
  readonly runner: StepRunner;
  readonly journal: Journal;
  readonly told: readonly FactBody[];
  readonly lines: readonly { readonly message: string; readonly code?: string }[];
  setRoom(hasRoom: boolean): void;
  confirm(): void;
  /** The result of an order, whether it came already or not. */
  result(orderId: string): Promise<StepResult>;
  close(): void;
}

export interface StepBenchOptions {
  readonly dir: string;
  readonly sandbox: Pick<Sandbox, 'run'>;
  readonly desk?: Partial<AdmissionDesk>;
  readonly parallel?: number;
  readonly clock?: () => number;
  readonly secrets?: Readonly<Record<string, SecretSource>>;
  readonly told?: FactBody[];
}

/** Its rules take long to prepare, and are the same for all. */
const newScrubber = createScrubbers({ key: randomBytes(32) });

/** The agent's half of running steps over a real journal, with an outbox in memory. */
export function openStepBench({ dir, sandbox, desk = {}, parallel = 4, clock = () => orderOf().issuedAtMs + 1_000, secrets = {}, told = [] }: StepBenchOptions): StepBench {
  const journal = openJournal(dir);
  const ears = new Set<() => void>();
  const lines: { message: string; code?: string }[] = [];
  let hasRoom = true;
  let confirmed = 0;
  const outbox: Outbox = {
    next: () => ({ spool: uuidOf(40), seq: told.length + 1 }),
    holds: ({ seq }) => seq <= told.length,
    isConfirmed: ({ seq }) => seq <= confirmed,
    append(facts) {
      if (!hasRoom) throw new Fault('spool-full');
      told.push(...facts);
      for (const ear of ears) ear();
    },
  };
  const note = (fields: object, message: string): void => void lines.push({ ...fields, message });
  const log = { info: note, warn: note, error: note };
  const admission = deskOf(desk);
  const grant = (order: StepOrder) => grantSecrets(order.plan, secrets, async (source) => (source.kind === 'env' ? `value-of-${source.name}` : null));
  const shared = { sandbox, clock, log, grant };
  const execute = createExecute({ ...shared, journal, policy: admission.policy, outbox, newScrubber, every: () => () => {} });
  const runner = createStepRunner({ ...shared, journal, parallel, desk: admission, execute, teller: createTeller({ journal, outbox, scrubber: newScrubber(), log }) });
  return {
    runner,
    journal,
    told,
    lines,
    setRoom: (is) => void (hasRoom = is),
    confirm: () => void (confirmed = told.length),
    async result(orderId) {
      for (;;) {
        const end = told.findLast((fact) => fact.kind === 'step-end' && fact.orderId === orderId);
        if (end?.kind === 'step-end') return readStepResult(end.result);
        await new Promise<void>((resolve) => ears.add(resolve));
      }
    },
    close: () => journal.close(),
  };
}
