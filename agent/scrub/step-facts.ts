import { isUtf8 } from 'node:buffer';
import type { FactBody, StepEnd, StepOutput, StepStarted } from '#proto/domain/fact.ts';
import { type StepResult, writeStepResult } from '#proto/domain/step-result.ts';
import type { Scrubbed } from '#proto/domain/scrubbed.ts';
import type { Scrubber } from './scrubber.ts';

/** What a stream scrubber let go of. */
export interface ScrubbedPiece extends Omit<StepOutput, 'kind' | 'orderId' | 'data'> {
  readonly data: Scrubbed<Uint8Array>;
}

/** What a stream scrubber has let go of, and nothing else, as valid UTF-8: a byte that is none becomes U+FFFD. */
export function releasedText(released: Buffer): Scrubbed<Buffer> {
  return (isUtf8(released) ? released : Buffer.from(released.toString('utf8'), 'utf8')) as Scrubbed<Buffer>;
}

/** A part of it. */
export function partOfText(text: Scrubbed<Buffer>, from: number, to: number): Scrubbed<Uint8Array> {
  return text.subarray(from, to) as Uint8Array as Scrubbed<Uint8Array>;
}

export function stepStarted(orderId: string, startedAtMs: number): Scrubbed<StepStarted> {
  return { kind: 'step-started', orderId, startedAtMs } as Scrubbed<StepStarted>; // an id and a time
}

export function stepOutput(orderId: string, piece: ScrubbedPiece): Scrubbed<FactBody> {
  const fact: StepOutput = { kind: 'step-output', orderId, ...piece };
  return fact as Scrubbed<StepOutput>; // its one text has been scrubbed
}

/** The bytes of a result in which every text that came from the order or from a library has passed the scrubber. */
export function scrubResult(result: StepResult, scrubber: Pick<Scrubber, 'text'>): Scrubbed<Uint8Array> {
  const clean = (text: string): string => scrubber.text(text).text;
  const { ending, verdict } = result;
  const told: StepResult = {
    ...result,
    ending: ending.state === 'refused' ? { ...ending, message: clean(ending.message) } : ending.state === 'unknown' ? { ...ending, reason: clean(ending.reason) } : ending,
    verdict: verdict && { ...verdict, reasons: verdict.reasons.map((reason) => ({ ...reason, why: clean(reason.why) })) },
  };
  return new Uint8Array(writeStepResult(told)) as Scrubbed<Uint8Array>;
}

export function stepEnd(orderId: string, result: Scrubbed<Uint8Array>): Scrubbed<StepEnd> {
  return { kind: 'step-end', orderId, result } as StepEnd as Scrubbed<StepEnd>;
}
