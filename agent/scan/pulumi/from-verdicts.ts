import { sameJson } from '#proto/domain/json.ts';
import type { Gap, Sighting } from '#proto/domain/resource.ts';
import type { EventLog, Verdict } from './verdict.ts';
import { fromPreview } from './from-preview.ts';
import { hiddenChange } from './hidden-change.ts';
import type { PulumiResource } from './schema.ts';
import { addressOf, isManaged, toSighting } from './sighting.ts';

/** What a verdict comes to: a resource that could be compared, a gap, or nothing where it is not managed. */
export type Seen = { readonly sighting: Sighting } | { readonly gap: Gap } | null;

/**
 * Reads a verdict as a sighting. A refresh puts what is recorded beside what is live; a preview puts what the program
 * asks for beside what is recorded; an update that was carried out leaves nothing to compare.
 */
export function fromVerdict(verdict: Verdict, { preview }: Pick<EventLog, 'preview'>): Seen {
  const resource = verdict.old ?? verdict.new;
  if (resource === null || !isManaged(resource)) return null;
  if (verdict.op === 'unfinished') return gap(resource, 'stale', 'the engine began with it and did not say how it ended');
  if (verdict.op === 'unsaid') return gap(resource, 'stale', verdict.reason ?? 'the engine does not say what it came to');
  if (verdict.op === 'failed') return gap(resource, 'unreadable', `the provider reported an error${verdict.reason === undefined ? '' : `: ${verdict.reason}`}`);
  if (resource.delete === true) return gap(resource, 'stale', 'the old half of a replacement, waiting for its deletion');
  if (verdict.refreshed) return fromRefresh(verdict, resource);
  if (!preview) return { sighting: applied(verdict.new ?? resource) };
  const sighting = fromPreview(verdict, resource);
  return sighting === null ? gap(resource, 'unreadable', 'the engine would change it without saying what') : { sighting };
}

function fromRefresh({ op, old, new: read, named }: Verdict, resource: PulumiResource): Seen {
  const unhealthy = read?.initErrors ?? [];
  if (op === 'delete') return { sighting: toSighting(resource, null) };
  if (op === 'same' || read === null) {
    return unhealthy.length > 0 ? gap(resource, 'unreadable', 'the provider says that it is not healthy') : { sighting: toSighting(resource, resource) };
  }
  const sighting = toSighting(old ?? read, read);
  const { recorded, live } = sighting.sides;
  if (!recorded || !live || !sameJson(recorded.values, live.values)) return { sighting };
  const told = hiddenChange({ before: recorded, after: live }, named);
  return told === null ? gap(resource, 'unreadable', 'the provider reports a change without saying of what') : { sighting: { ...sighting, sides: { recorded: told.before, live: told.after } } };
}

/** Just deployed: what is recorded is what was asked for. */
function applied(resource: PulumiResource): Sighting {
  const sighting = toSighting(resource);
  const recorded = sighting.sides.recorded ?? null;
  return { ...sighting, sides: { recorded, code: recorded } };
}

function gap(resource: PulumiResource, state: Gap['state'], reason: string): Seen {
  return { gap: { address: addressOf(resource), state, reason } };
}
