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
  diagnostics: z.array(z.object({ message: z.string().nullish(), severity: z.string().nullish() })).nullish(),
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
  const error = (diagnostics ?? []).find(({ severity }) => severity === 'error');
  const verdicts = (steps ?? []).map((step) => toVerdict(step, { silentUpdates: (changeSummary?.['update'] ?? 0) > 0 }));
  return { verdicts: onceEach(verdicts), preview: true, cutShort: error === undefined ? null : `the engine reported an error: ${told(error.message ?? '')}` };
}

function toVerdict({ op, oldState, newState, diffReasons, detailedDiff }: z.infer<typeof Step>, { silentUpdates }: { readonly silentUpdates: boolean }): Verdict {
  const states = { old: oldState ?? null, new: newState ?? null, named: namesIn(diffReasons, detailedDiff) };
  if (op !== 'refresh') return { op, refreshed: op === 'delete' && states.new === null, ...states };
  const isTold = states.named.length > 0 || !sameJson(oldState?.outputs ?? {}, newState?.outputs ?? {});
  return { op: isTold ? 'update' : silentUpdates ? 'unfinished' : 'same', refreshed: true, ...states };
}
