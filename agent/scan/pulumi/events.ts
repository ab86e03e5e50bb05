import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { type Json, sameJson } from '#proto/domain/json.ts';
import { PulumiResource } from './schema.ts';

const Metadata = z.object({
  op: z.string(),
  urn: z.string(),
  type: z.string(),
  old: PulumiResource.nullish(),
  new: PulumiResource.nullish(),
  diffs: z.array(z.string()).nullish(),
  detailedDiff: z.record(z.string(), z.unknown()).nullish(),
});

const EngineEvent = z.object({
  resourcePreEvent: z.object({ metadata: Metadata }).optional(),
  resOutputsEvent: z.object({ metadata: Metadata }).optional(),
  resOpFailedEvent: z.object({ metadata: Metadata }).optional(),
  summaryEvent: z.object({ isPreview: z.boolean().optional(), result: z.string().optional() }).optional(),
});

const Digest = z.object({
  steps: z
    .array(
      z.object({
        op: z.string(),
        urn: z.string(),
        oldState: PulumiResource.nullish(),
        newState: PulumiResource.nullish(),
        diffReasons: z.array(z.string()).nullish(),
        detailedDiff: z.record(z.string(), z.unknown()).nullish(),
      }),
    )
    .nullish(),
  changeSummary: z.record(z.string(), z.number()).nullish(),
});

/** What the engine found out about one resource. */
export interface Verdict {
  /** `same`, `update`, `delete` of a refresh; `create`, `update`, `replace`… of a preview; `failed` where the step did; `unfinished` where no end of it was seen. */
  readonly op: string;
  /** True where the engine read the resource anew from the provider. */
  readonly refreshed: boolean;
  readonly old: PulumiResource | null;
  readonly new: PulumiResource | null;
  /** The properties that the engine names as changed, by their first name; it need not name any. */
  readonly named: readonly string[];
}

export interface EventLog {
  readonly verdicts: readonly Verdict[];
  /** True for a preview or a refresh preview, false where the update was carried out. */
  readonly preview: boolean;
}

/**
 * Engine events, one JSON document a line, whatever the file's ending. What a resource came to is told by its
 * `resOutputsEvent`; its `resourcePreEvent` only says that the engine began.
 * @throws Fault `pulumi-events-unreadable` naming the line
 */
export function readEvents(text: string, source: string): EventLog {
  const begun = new Map<string, Verdict>();
  const ended: Verdict[] = [];
  let preview = true;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const event = parseEvent(line, { source, line: index + 1 });
    const { resourcePreEvent: pre, resOutputsEvent: outputs, resOpFailedEvent: failed, summaryEvent: summary } = event;
    if (pre !== undefined) begun.set(keyOf(pre.metadata), begin(pre.metadata));
    if (outputs !== undefined) ended.push(end(outputs.metadata, outputs.metadata.op));
    if (failed !== undefined) ended.push(end(failed.metadata, 'failed'));
    if (summary !== undefined) preview = summary.isPreview ?? false;
  }
  return { verdicts: onceEach([...ended, ...begun.values()]), preview };

  function end(metadata: z.infer<typeof Metadata>, op: string): Verdict {
    const key = keyOf(metadata);
    const refreshed = begun.get(key)?.refreshed ?? metadata.op === 'refresh';
    begun.delete(key);
    return { op, refreshed, old: metadata.old ?? null, new: metadata.new ?? null, named: namesIn(metadata.diffs, metadata.detailedDiff) };
  }
}

/**
 * The digest form. Since a digest is written from the beginnings of steps, a refreshed resource shows its old state
 * twice; the summary then tells that something changed and not what.
 */
export function readDigest(document: Json, source: string): EventLog {
  const digest = Digest.safeParse(document);
  if (!digest.success) throw new Fault('pulumi-events-unreadable', { source }, { cause: digest.error });
  const silentUpdates = (digest.data.changeSummary?.['update'] ?? 0) > 0;
  const verdicts = (digest.data.steps ?? []).map(({ op, oldState, newState, diffReasons, detailedDiff }): Verdict => {
    const states = { old: oldState ?? null, new: newState ?? null, named: namesIn(diffReasons, detailedDiff) };
    if (op !== 'refresh') return { op, refreshed: op === 'delete' && states.new === null, ...states };
    const told = states.named.length > 0 || !sameJson(oldState?.outputs ?? {}, newState?.outputs ?? {});
    return { op: told ? 'update' : silentUpdates ? 'unfinished' : 'same', refreshed: true, ...states };
  });
  return { verdicts: onceEach(verdicts), preview: true };
}

/** A replacement is told in three steps: the new one is made, the old one replaced and then deleted. */
const partsOfReplacement = new Set(['create-replacement', 'import-replacement', 'delete-replaced', 'discard-replaced', 'remove-pending-replace']);

/** One verdict for each resource that is replaced: the step that has both sides. */
function onceEach(verdicts: readonly Verdict[]): readonly Verdict[] {
  const urnOf = ({ old, new: wanted }: Verdict): string => (wanted ?? old)?.urn ?? '';
  const whole = new Set(verdicts.filter(({ op, refreshed }) => !refreshed && !partsOfReplacement.has(op)).map(urnOf));
  const told = new Set<string>();
  return verdicts.filter((verdict) => {
    if (!partsOfReplacement.has(verdict.op)) return true;
    const urn = urnOf(verdict);
    if (whole.has(urn) || told.has(urn)) return false;
    told.add(urn);
    return true;
  });
}

/** `tags.team` and `rules[0].port` are told as `tags` and `rules`. */
function namesIn(listed: readonly string[] | null | undefined, detailed: Readonly<Record<string, unknown>> | null | undefined): readonly string[] {
  return [...new Set([...(listed ?? []), ...Object.keys(detailed ?? {})].map((path) => /^(?:\["((?:[^"\\]|\\.)*)"\]|([^.[]+))/.exec(path)?.slice(1).find((name) => name !== undefined) ?? path))];
}

/** A URN may stand for two objects while a replacement is under way: the id tells them apart. */
function keyOf({ urn, old }: z.infer<typeof Metadata>): string {
  return JSON.stringify([urn, old?.id ?? null, old?.delete ?? false]);
}

function begin({ op, old, new: wanted }: z.infer<typeof Metadata>): Verdict {
  return { op: 'unfinished', refreshed: op === 'refresh', old: old ?? null, new: wanted ?? null, named: [] };
}

function parseEvent(line: string, at: { source: string; line: number }): z.infer<typeof EngineEvent> {
  try {
    return EngineEvent.parse(JSON.parse(line));
  } catch (error) {
    throw new Fault('pulumi-events-unreadable', at, { cause: error });
  }
}
