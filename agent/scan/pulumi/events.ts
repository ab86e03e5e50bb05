import { sameJson } from '#proto/domain/json.ts';
import { type EngineEvent, type Metadata, readEventLines } from './event-lines.ts';
import { openProperties } from './values.ts';
import { type EventLog, namesIn, onceEach, told, type Verdict } from './verdict.ts';

/**
 * Engine events, whatever the file's ending. What a resource came to is told by its `resOutputsEvent`; its
 * `resourcePreEvent` only says that the engine began.
 * @throws Fault `pulumi-events-unreadable` naming the line
 */
export function readEvents(text: string, source: string): EventLog {
  const { events, isTorn } = readEventLines(text, source);
  const begun = new Map<string, Verdict>();
  const ended: Verdict[] = [];
  for (const { resourcePreEvent: pre, resOutputsEvent: outputs, resOpFailedEvent: failed } of events) {
    if (pre !== undefined) begun.set(keyOf(pre.metadata), begin(pre.metadata));
    if (outputs !== undefined) ended.push({ ...end(outputs.metadata, endOf(outputs.metadata)), reason: 'the engine does not say whether what it hides has changed' });
    if (failed !== undefined) ended.push({ ...end(failed.metadata, 'failed'), reason: errorOf(events, failed.metadata.urn) });
  }
  const summary = events.findLast(({ summaryEvent }) => summaryEvent !== undefined)?.summaryEvent;
  return { verdicts: onceEach([...ended, ...[...begun.values()].map(failedIn(events))]), preview: summary === undefined || summary.isPreview === true, cutShort: cutShort(events, isTorn || summary === undefined) };

  function end(metadata: Metadata, op: string): Verdict {
    const key = keyOf(metadata);
    const refreshed = begun.get(key)?.refreshed ?? metadata.op === 'refresh';
    begun.delete(key);
    return { op, refreshed, old: metadata.old ?? null, new: metadata.new ?? null, named: namesIn(metadata.diffs, metadata.detailedDiff) };
  }
}

/** A log that does not say how the run ended may lack resources, and so may one of a run that broke down. */
function cutShort(events: readonly EngineEvent[], hasNoEnd: boolean): string | null {
  const broken = events.find(({ errorEvent }) => errorEvent !== undefined)?.errorEvent;
  const isAtFault = events.some(({ diagnosticEvent }) => diagnosticEvent?.severity === 'error');
  const error = broken === undefined ? errorOf(events, null) : told(broken.error ?? '');
  const result = events.findLast(({ summaryEvent }) => summaryEvent !== undefined)?.summaryEvent?.result ?? 'succeeded';
  if (error !== undefined || isAtFault || result !== 'succeeded') return `the run did not succeed, and the engine may not have come to everything${error === undefined ? '' : `: ${error}`}`;
  return hasNoEnd ? 'the events end before the run did: of the resources that are not among them nothing is known' : null;
}

/** The first error that was reported of a resource, or of none. */
function errorOf(events: readonly EngineEvent[], urn: string | null): string | undefined {
  const found = events.find(({ diagnosticEvent: said }) => said?.severity === 'error' && (said.urn ?? null) === urn)?.diagnosticEvent;
  return found === undefined ? undefined : told(found.message ?? '');
}

/** A refresh tells of a provider's error and not of the end of the step. */
function failedIn(events: readonly EngineEvent[]): (verdict: Verdict) => Verdict {
  return (verdict) => {
    const reason = errorOf(events, (verdict.old ?? verdict.new)?.urn ?? '');
    return reason === undefined ? verdict : { ...verdict, op: 'failed', reason };
  };
}

/** A preview that refreshes first ends that with the word that it begins it with: the states tell what they came to, but for what they hide. */
function endOf({ op, old, new: read, diffs, detailedDiff }: Metadata): string {
  if (op !== 'refresh') return op;
  if (!read) return 'delete';
  const isSame = namesIn(diffs, detailedDiff).length === 0 && sameJson(old?.outputs ?? {}, read.outputs ?? {});
  return !isSame ? 'update' : openProperties(read.outputs ?? {}).unknown.length > 0 ? 'unsaid' : 'same';
}

/** A URN may stand for two objects while a replacement is under way: the id tells them apart. */
function keyOf({ urn, old }: Metadata): string {
  return JSON.stringify([urn, old?.id ?? null, old?.delete ?? false]);
}

function begin({ op, old, new: wanted }: Metadata): Verdict {
  return { op: 'unfinished', refreshed: op === 'refresh', old: old ?? null, new: wanted ?? null, named: [] };
}
