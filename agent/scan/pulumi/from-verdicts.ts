import { sameJson } from '#proto/domain/json.ts';
import type { Gap, Side, Sighting } from '#proto/domain/resource.ts';
import type { EventLog, Verdict } from './events.ts';
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
  if (verdict.op === 'failed') return gap(resource, 'unreadable', 'the provider reported an error');
  if (resource.delete === true) return gap(resource, 'stale', 'the old half of a replacement, waiting for its deletion');
  if (verdict.refreshed) return fromRefresh(verdict, resource);
  if (!preview) return { sighting: applied(verdict.new ?? resource) };
  return { sighting: fromPreview(verdict, resource) };
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
  return hiddenChange(sighting, recorded, live, named) ?? gap(resource, 'unreadable', 'the provider reports a change without saying of what');
}

/**
 * The engine says that the resource changed and shows the same values twice: then what it hides has changed. The two
 * states of a hidden value get stand-ins that differ, so that a changed secret shows as drift without being known. Where
 * the engine names properties, it is those.
 */
function hiddenChange(sighting: Sighting, recorded: Side, live: Side, named: readonly string[]): Seen {
  const all = recorded.unknown.map((path) => path[0]).filter((name) => typeof name === 'string');
  const said = all.filter((name) => named.includes(name));
  const hidden = said.length > 0 ? said : all;
  if (hidden.length === 0) return null;
  const standIn = (side: Side, state: string): Side => ({
    ...side,
    values: { ...side.values, ...Object.fromEntries(hidden.map((name) => [name, `hidden value, ${state}`])) },
    unknown: side.unknown.filter(([name]) => !hidden.includes(String(name))),
  });
  return { sighting: { ...sighting, sides: { recorded: standIn(recorded, 'recorded'), live: standIn(live, 'live') } } };
}

function fromPreview({ op, old, new: wanted }: Verdict, resource: PulumiResource): Sighting {
  const sighting = toSighting(old ?? resource);
  if (op === 'same' || op === 'read') return { ...sighting, sides: { recorded: sighting.sides.recorded ?? null } };
  if (op === 'create' || op === 'import') return { ...sighting, sides: { code: codeOf(wanted ?? resource), recorded: null } };
  if (op === 'delete') return { ...sighting, sides: { code: null, recorded: sighting.sides.recorded ?? null } };
  return { ...sighting, sides: { code: codeOf(wanted ?? resource), recorded: sighting.sides.recorded ?? null } };
}

/** Just deployed: what is recorded is what was asked for. */
function applied(resource: PulumiResource): Sighting {
  const sighting = toSighting(resource);
  const recorded = sighting.sides.recorded ?? null;
  return { ...sighting, sides: { recorded, code: recorded } };
}

function codeOf(resource: PulumiResource): Side | null {
  return toSighting(resource).sides.code ?? null;
}

function gap(resource: PulumiResource, state: Gap['state'], reason: string): Seen {
  return { gap: { address: addressOf(resource), state, reason } };
}
