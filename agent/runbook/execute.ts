import { asFault, Fault } from '#proto/domain/fault.ts';
import type { FaultCode } from '#proto/domain/faults.ts';
import type { FactBody } from '#proto/domain/fact.ts';
import type { StepOrder } from '#proto/domain/step-order.ts';
import type { Scrubbed } from '#proto/domain/scrubbed.ts';
import type { StepEnding } from '#proto/domain/step-result.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { stepOutput, stepStarted } from '../scrub/step-facts.ts';
import type { Scrubber } from '../scrub/scrubber.ts';
import type { Admitted } from './admit.ts';
import type { Journal } from './journal/journal.ts';
import type { StepLog } from './log.ts';
import type { PumpParts } from './output/pump.ts';
import type { Policy } from './policy/policy.ts';
import { refusal } from './result.ts';
import { runStep } from './run-step.ts';
import type { Outbox } from './teller.ts';

/** It was started and its end was not seen. */
export interface Interrupted {
  readonly state: 'interrupted';
  readonly reason: string;
}

/** Runs one admitted order, once, and answers how it ended. */
export type Execute = (orderId: string, admitted: Admitted, signal: AbortSignal) => Promise<StepEnding | Interrupted>;

/** With these a sandbox says that nothing was started; any other failure leaves that open. */
const unstarted: readonly FaultCode[] = ['sandbox-unavailable', 'sandbox-failed', 'sandbox-folder', 'sandbox-spec-invalid'];

export interface ExecuteParts {
  readonly journal: Pick<Journal, 'begin'>;
  readonly sandbox: Pick<Sandbox, 'run'>;
  readonly policy: Policy;
  readonly outbox: Pick<Outbox, 'append'>;
  /** A new one for each step: what one step is granted is no secret of another. */
  readonly newScrubber: () => Scrubber;
  readonly grant: (order: StepOrder) => Promise<Readonly<Record<string, string>>>;
  readonly every: PumpParts['every'];
  readonly clock: () => number;
  readonly log: StepLog;
}

export function createExecute({ journal, sandbox, policy, outbox, newScrubber, grant, every, clock, log }: ExecuteParts): Execute {
  return async (orderId, { order, run }, signal) => {
    let progress: 'none' | 'begun' | 'started' = 'none';
    try {
      const secrets = await grant(order);
      if (signal.aborted) throw new Fault('order-cancelled');
      const scrubber = newScrubber();
      journal.begin(orderId, clock());
      progress = 'begun';
      return await runStep({ orderId, step: order.plan.step, part: order.part, run, secrets }, { sandbox, policy, scrubber, every, clock, onStarted, emit }, signal);
    } catch (error) {
      const fault = asFault(error);
      const isUnstarted = progress === 'none' || (progress === 'begun' && unstarted.includes(fault.code));
      return isUnstarted ? refusal(fault) : { state: 'interrupted', reason: fault.message };
    }

    function onStarted(atMs: number): void {
      progress = 'started';
      put([stepStarted(orderId, atMs)]);
    }

    function emit(pieces: Parameters<PumpParts['emit']>[0]): boolean {
      return put(pieces.map((piece) => stepOutput(orderId, piece)));
    }

    function put(facts: readonly Scrubbed<FactBody>[]): boolean {
      try {
        outbox.append(facts);
        return true;
      } catch (error) {
        const { code, message, next } = asFault(error);
        log.warn({ order: orderId, code, reason: message, next }, 'output found no room in the spool');
        return false;
      }
    }
  };
}

export function isInterrupted(ending: StepEnding | Interrupted): ending is Interrupted {
  return ending.state === 'interrupted';
}
