import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { type Json, sameJson } from '#proto/domain/json.ts';
import { PulumiResource } from './schema.ts';
import { type EventLog, namesIn, onceEach, told, type Verdict } from './verdict.ts';

const Step = z.object({
  op: z.string(),
  urn: z.string(),
  oldState: PulumiResource.nullish(),
  newState: PulumiResource.nullish(),
  diffReasons: z.array(z.string()).nullish(),
  detailedDiff: z.record(z.string(), z.unknown()).nullish(),
});

const Digest = z.object({
  steps: z.array(Step).nullish(),
  diagnostics: z.array(z.object({ urn: z.string().nullish(), message: z.string().nullish(), severity: z.string().nullish() })).nullish(),
  changeSummary: z.record(z.string(), z.number()).nullish(),
});

/**
 * The output of `pulumi preview` and `refresh` with `--json`. Since it is written from the beginnings of steps, a
 * refreshed resource may show its old state twice; the summary then tells that something changed and not what.
 * @throws Fault `pulumi-events-unreadable`
 */
export function readDigest(document: Json, source: string): EventLog {
  const digest = Digest.safeParse(document);
  if (!digest.success) throw new Fault('pulumi-events-unreadable', { source, at: digest.error.issues[0]?.path.join('.') }, { cause: digest.error });
  const { steps, diagnostics, changeSummary } = digest.data;
  const errors = (diagnostics ?? []).filter(({ severity }) => severity === 'error');
  const isRefresh = (steps ?? []).every(({ op }) => op === 'refresh' || op === 'delete'); // in a preview the program's own resources are the same, or change
  const verdicts = (steps ?? []).map((step) => {
    const failure = errors.find(({ urn }) => urn === step.urn);
    const verdict = toVerdict(step, { isRefresh, silentUpdates: !isRefresh || (changeSummary?.['update'] ?? 0) > 0 });
    return failure === undefined ? verdict : { ...verdict, op: 'failed', reason: told(failure.message ?? '') };
  });
  const error = errors.find(({ urn }) => !urn);
  const isAtFault = errors.length > 0;
  return { verdicts: onceEach(verdicts), preview: true, cutShort: isAtFault ? `the run did not succeed, and the engine may not have come to everything${error === undefined ? '' : `: ${told(error.message ?? '')}`}` : null };
}

function toVerdict({ op, oldState, newState, diffReasons, detailedDiff }: z.infer<typeof Step>, { isRefresh, silentUpdates }: { readonly isRefresh: boolean; readonly silentUpdates: boolean }): Verdict {
  const states = { old: oldState ?? null, new: newState ?? null, named: namesIn(diffReasons, detailedDiff) };
  if (op !== 'refresh') return { op, refreshed: op === 'delete' && isRefresh, ...states };
  const isTold = states.named.length > 0 || !sameJson(oldState?.outputs ?? {}, newState?.outputs ?? {});
  return { op: isTold ? 'update' : silentUpdates ? 'unsaid' : 'same', refreshed: true, ...states, reason: 'something changed, and this output does not say what; the events of the run do (--event-log FILE)' };
}
