import type { StepResult } from '#proto/domain/step-result.ts';
import { createDetector } from '#secrets/detector.ts';
import type { Detect } from '#secrets/hit.ts';

/** What a well-behaved agent puts in place of secrets. */
const placeholder = /«secret:[a-z0-9-]{1,40}:[0-9a-f]{16}»/g;

/** What stands where the control plane cut something out that the agent had let through. */
const dropped = '«dropped: a secret was found here»';

/** Looks once more at what a step wrote; what is clean comes back byte for byte. */
export type OutputGate = (data: Uint8Array) => { readonly data: Uint8Array; readonly rules: readonly string[] };

export function createOutputGate(detect: Detect = createDetector()): OutputGate {
  return (data) => {
    const text = Buffer.from(data).toString('utf8');
    const places = [...text.matchAll(placeholder)].map((match) => [match.index, match.index + match[0].length] as const);
    const hits = detect(text).filter(({ start, end }) => !places.some(([from, to]) => start < to && end > from));
    if (hits.length === 0) return { data, rules: [] };
    let clean = '';
    let at = 0;
    for (const { start, end } of hits.toSorted((one, other) => one.start - other.start)) {
      if (start >= at) clean += text.slice(at, start) + dropped;
      at = Math.max(at, end);
    }
    return { data: Buffer.from(clean + text.slice(at), 'utf8'), rules: [...new Set(hits.map(({ rule }) => rule))] };
  };
}

/** A result without the secrets in its texts; all that follows from it is decided by its other fields. */
export function gatedResult(result: StepResult, gate: OutputGate): { readonly result: StepResult; readonly rules: readonly string[] } {
  const rules = new Set<string>();
  const clean = (text: string): string => {
    const looked = gate(Buffer.from(text, 'utf8'));
    for (const rule of looked.rules) rules.add(rule);
    return looked.rules.length === 0 ? text : Buffer.from(looked.data).toString('utf8').slice(0, 2_000);
  };
  const { ending, verdict } = result;
  const told: StepResult = {
    ...result,
    ending: ending.state === 'refused' ? { ...ending, message: clean(ending.message), next: clean(ending.next) } : ending.state === 'unknown' ? { ...ending, reason: clean(ending.reason) } : ending,
    verdict: verdict && { ...verdict, reasons: verdict.reasons.map((reason) => ({ ...reason, rule: clean(reason.rule).slice(0, 200), why: clean(reason.why) })) },
  };
  return { result: told, rules: [...rules] };
}
