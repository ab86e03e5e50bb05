import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { isList, isObject, type Json } from '#proto/domain/json.ts';
import { parseExactly } from '../source/parse-json.ts';
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
export type Metadata = z.infer<typeof Metadata>;

/** An event of the engine (apitype.EngineEvent), as far as it tells of resources or of how the run ended. */
const EngineEvent = z.object({
  sequence: z.number().optional(),
  resourcePreEvent: z.object({ metadata: Metadata }).optional(),
  resOutputsEvent: z.object({ metadata: Metadata }).optional(),
  resOpFailedEvent: z.object({ metadata: Metadata }).optional(),
  diagnosticEvent: z.object({ urn: z.string().optional(), message: z.string().optional(), severity: z.string().optional() }).optional(),
  summaryEvent: z.object({ isPreview: z.boolean().optional(), result: z.string().optional() }).optional(),
  errorEvent: z.object({ error: z.string().optional() }).optional(),
});
export type EngineEvent = z.infer<typeof EngineEvent>;

export interface EventLines {
  readonly events: readonly EngineEvent[];
  /** True where the text ends in the middle of an event. */
  readonly isTorn: boolean;
}

/**
 * The events of a text in the order in which the engine numbered them: one JSON document a line, or all in one list, as
 * Pulumi's service answers them.
 * @throws Fault `pulumi-events-unreadable` naming the line
 */
export function readEventLines(text: string, source: string): EventLines {
  const whole = listIn(text);
  if (whole !== null) return { events: inOrder(whole.map((event, index) => toEvent(event, { source, at: index }))), isTorn: false };
  const lines = text.split('\n').map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => line.trim() !== '');
  const events: EngineEvent[] = [];
  for (const [index, { line, number }] of lines.entries()) {
    const event = parsed(line);
    if (event === undefined && index === lines.length - 1 && index > 0) return { events: inOrder(events), isTorn: true };
    if (event === undefined) throw new Fault('pulumi-events-unreadable', { source, line: number });
    events.push(toEvent(event, { source, line: number }));
  }
  return { events: inOrder(events), isTorn: false };
}

function listIn(text: string): readonly Json[] | null {
  if (!/^\s*(?:\[|\{\s*"events"\s*:)/.test(text)) return null;
  const document = parsed(text);
  const events = isObject(document) ? document['events'] : document;
  return isList(events) ? events : null;
}

/** Events may come late, or twice under one number; logs of the engine's own tests number none. */
function inOrder(events: readonly EngineEvent[]): readonly EngineEvent[] {
  const ordered = events.toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0));
  return ordered.filter((event, index) => {
    const before = ordered[index - 1];
    return !event.sequence || before?.sequence !== event.sequence || JSON.stringify(before) !== JSON.stringify(event);
  });
}

function toEvent(event: Json, at: { readonly source: string; readonly line?: number; readonly at?: number }): EngineEvent {
  const read = EngineEvent.safeParse(event);
  if (!read.success) throw new Fault('pulumi-events-unreadable', at, { cause: read.error });
  return read.data;
}

function parsed(text: string): Json | undefined {
  try {
    return parseExactly(text);
  } catch {
    return undefined;
  }
}
