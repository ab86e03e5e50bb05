import { asFault, Fault } from '#proto/domain/fault.ts';
import type { StepOrderDelivery } from '#proto/domain/order.ts';
import type { StepEnding } from '#proto/domain/step-result.ts';
import { admit, type Admitted } from './admit.ts';
import { hashDelivery } from './journal/delivery-text.ts';
import type { Journal, JournalEntry } from './journal/journal.ts';
import type { StepLog } from './log.ts';
import { type About, refusal, resultOf } from './result.ts';
import { type Execute, type Interrupted, isInterrupted } from './execute.ts';
import { type ProbeTools, recall, settle } from './settle.ts';
import type { Teller } from './teller.ts';

export interface RunnerParts extends ProbeTools {
  readonly journal: Journal;
  readonly teller: Teller;
  readonly execute: Execute;
  /** How many steps run at once. */
  readonly parallel: number;
  readonly log: StepLog;
}

/** Takes orders, runs what may run, and says of each how it ended. */
export interface StepRunner {
  /** Whether it has the order now, on disk; the control plane keeps what was not taken. */
  take(delivery: StepOrderDelivery): boolean;
  /** Ends a step that runs, and an order that waits or has not come yet. */
  cancel(orderId: string): void;
  /** Goes on where a process before this one left off. */
  recover(): void;
  /** Tells what found no room, and forgets what is long over. */
  tidy(): void;
  /** Takes nothing more; resolves when nothing runs. What runs is killed when the signal fires. */
  drain(deadline: AbortSignal): Promise<void>;
}

/** More orders than this do not wait: a person could not have meant them. */
const maxWaiting = 64;
const pruneEveryMs = 3_600_000;
/** An order that waited for longer is judged again when its turn comes. */
const freshMs = 1_000;

export function createStepRunner(parts: RunnerParts): StepRunner {
  const { journal, teller, execute, parallel, desk, clock, log } = parts;
  const waiting: { readonly id: string; readonly admitted: Admitted; readonly delivery: StepOrderDelivery; readonly judgedAtMs: number }[] = [];
  const running = new Map<string, { readonly abort: AbortController; readonly done: Promise<void> }>();
  let isDraining = false;
  let pruneAtMs = 0;

  return { take, cancel, recover, tidy, drain };

  function take(delivery: StepOrderDelivery): boolean {
    if (isDraining) return false;
    try {
      const known = journal.find(delivery.id);
      if (known !== null) return remember(known, delivery);
      const entry = journal.receive(delivery, clock());
      queueMicrotask(() => guard(delivery.id, () => consider(entry))); // that it was received is said first
      return true;
    } catch (error) {
      complain(delivery.id, error);
      return false;
    }
  }

  /** A known order is answered from the journal, and never begun again. */
  function remember(known: JournalEntry, delivery: StepOrderDelivery): true {
    if (known.hash !== hashDelivery(delivery)) log.warn({ order: known.id }, 'another order came under a known id; nothing of it was done');
    if (known.state === 'ended') teller.again(known, clock());
    return true;
  }

  function consider({ id, delivery, isCancelled }: JournalEntry): void {
    if (delivery === null) return;
    const admission = admit(delivery, desk, clock());
    if (isCancelled) return end(id, admission, refusal(new Fault('order-cancelled')));
    if (admission.kind === 'refused') return end(id, admission, refusal(admission.fault));
    if (waiting.length >= maxWaiting) return end(id, admission, refusal(new Fault('steps-busy', { waiting: waiting.length })));
    const { nonce, attempt } = admission.order;
    const claim = journal.claim(id, { nonce, attempt, lastMomentMs: admission.lastMomentMs, rememberUntilMs: admission.rememberUntilMs });
    if (claim === 'out-of-turn') return end(id, admission, refusal(new Fault('attempt-out-of-turn', { attempt })));
    if (claim !== 'claimed') return end(id, admission, refusal(new Fault('order-replayed', { attempt, claim })));
    waiting.push({ id, admitted: admission, delivery, judgedAtMs: clock() });
    startSome();
  }

  function startSome(): void {
    if (isDraining) return;
    while (running.size < parallel) {
      const job = waiting.shift();
      if (job === undefined) return;
      const { id, delivery, admitted, judgedAtMs } = job;
      const admission = clock() - judgedAtMs < freshMs ? admitted : admit(delivery, desk, clock());
      if (admission.kind === 'refused') guard(id, () => end(id, admission, refusal(admission.fault)));
      else occupy(id, async (signal) => conclude(id, admission, await execute(id, admission, signal), signal));
    }
  }

  function occupy(id: string, work: (signal: AbortSignal) => Promise<void>): void {
    const abort = new AbortController();
    const done = work(abort.signal)
      .catch((error: unknown) => complain(id, error))
      .finally(() => {
        running.delete(id);
        startSome();
      });
    running.set(id, { abort, done });
  }

  async function conclude(id: string, about: About, ending: StepEnding | Interrupted, signal: AbortSignal): Promise<void> {
    end(id, about, isInterrupted(ending) ? await settle(about.order, ending.reason, parts, signal) : ending);
  }

  function end(id: string, about: About, ending: StepEnding): void {
    teller.end(id, resultOf(about, ending), clock());
    const { state } = ending;
    const told = { order: id, execution: about.order?.execution, step: about.order?.plan.step.id, runbook: about.order?.plan.runbook.name, state };
    if (ending.state === 'refused') log.warn({ ...told, code: ending.code, reason: ending.message, next: ending.next }, 'step refused');
    else log.info({ ...told, ...(ending.state === 'ended' ? { tier: ending.outcome.tier, exit: ending.outcome.exit, limit: ending.outcome.limit } : { probe: ending.probe }) }, 'step ended');
  }

  function cancel(orderId: string): void {
    try {
      journal.cancel(orderId, clock());
    } catch (error) {
      complain(orderId, error);
    }
    running.get(orderId)?.abort.abort();
    const at = waiting.findIndex(({ id }) => id === orderId);
    const [job] = at === -1 ? [] : waiting.splice(at, 1);
    if (job !== undefined) guard(orderId, () => end(orderId, job.admitted, refusal(new Fault('order-cancelled'))));
  }

  function recover(): void {
    for (const entry of journal.open()) {
      if (entry.state === 'received') guard(entry.id, () => consider(entry));
      else occupy(entry.id, async (signal) => resume(entry, signal));
    }
    tidy();
  }

  /** It was started by a process that is gone, and what became of it nobody saw. */
  async function resume({ id, delivery }: JournalEntry, signal: AbortSignal): Promise<void> {
    const about = recall(delivery, desk);
    end(id, about, await settle(about.order, 'the agent ended while the step ran', parts, signal));
  }

  function tidy(): void {
    try {
      teller.catchUp(clock());
      if (clock() < pruneAtMs) return;
      journal.prune(clock());
      pruneAtMs = clock() + pruneEveryMs;
    } catch (error) {
      complain('', error);
    }
  }

  async function drain(deadline: AbortSignal): Promise<void> {
    isDraining = true;
    waiting.length = 0; // they are in the journal, and are judged again by the next process
    const killAll = (): void => {
      for (const { abort } of running.values()) abort.abort();
    };
    deadline.addEventListener('abort', killAll);
    if (deadline.aborted) killAll();
    while (running.size > 0) await Promise.all([...running.values()].map(({ done }) => done));
    deadline.removeEventListener('abort', killAll);
  }

  function guard(id: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      complain(id, error);
    }
  }

  function complain(order: string, error: unknown): void {
    const { code, message, next } = asFault(error);
    log.error({ order, code, reason: message, next, cause: error instanceof Error ? error.stack : undefined }, 'step could not be followed');
  }
}
