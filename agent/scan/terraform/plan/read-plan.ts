import type { JsonObject, Path } from '#proto/domain/json.ts';
import type { Gap, Side, Sighting } from '#proto/domain/resource.ts';
import { deposedAddress, providerName } from '../address.ts';
import { readValues } from '../recorded/read-show.ts';
import type { RecordedResource } from '../recorded/recorded.ts';
import { maskedPaths } from '../recorded/sensitive-path.ts';
import { deferredChanges, parseChanges, parsePlan, type ResourceChange } from './plan-schema.ts';

/** What a plan tells: each resource once, with the sides that the plan knows. */
export interface PlanStack {
  readonly sightings: readonly Sighting[];
  readonly gaps: readonly Gap[];
}

/**
 * Reads `terraform show -json` of a plan. `resource_drift` leads from recorded to live, `resource_changes` from live to
 * code. What is only in `prior_state` was refreshed by a plan that asks for no changes (`-refresh-only`), and was not
 * looked at by one that was narrowed to targets.
 * @throws Fault `plan-unreadable`, `plan-version-unsupported`, `plan-errored`
 */
export function readPlan(content: JsonObject, source: string): PlanStack {
  const plan = parsePlan(content, source);
  const changes = parseChanges(plan.resource_changes, 'resource_changes', source);
  const drifts = byAddress(parseChanges(plan.resource_drift, 'resource_drift', source));
  const prior = readValues(plan.prior_state?.values, source);
  const tellsDrift = plan.format_version !== '0.1'; // older plans refreshed the state without saying what they found

  const tellsCode = !(plan.format_version.startsWith('1.') && changes.some(isDestroyed));

  const sightings = new Map<string, Sighting>();
  for (const change of changes) {
    const address = addressOf(change);
    sightings.set(address, toSighting(change, drifts.get(address), { tellsDrift, tellsCode }));
  }
  for (const [address, drift] of drifts) if (!sightings.has(address)) sightings.set(address, driftOnly(drift, tellsCode && changes.length > 0));
  const rest = prior.resources.filter((resource) => !sightings.has(resource.address));
  const refreshOnly = changes.length === 0;
  for (const resource of rest) sightings.set(resource.address, priorOnly(resource, refreshOnly));
  const deferred = deferredChanges(plan);
  const putOff = [...deferred].filter(([address]) => !sightings.has(address)).map(([address, reason]): Gap => ({ address, state: 'unsupported', reason: putOffBy(reason) }));
  return { sightings: [...sightings.values()], gaps: refreshOnly ? prior.gaps : [...prior.gaps, ...rest.map(({ address }) => notPlanned(address, deferred.get(address))), ...putOff] };
}

function putOffBy(reason: string): string {
  return `terraform put it off to a later plan (${reason})`;
}

function byAddress(list: readonly ResourceChange[]): ReadonlyMap<string, ResourceChange> {
  return new Map(list.map((change) => [addressOf(change), change]));
}

function addressOf({ address, deposed }: ResourceChange): string {
  return deposed ? deposedAddress(address, deposed) : address;
}

interface Told {
  readonly tellsDrift: boolean;
  /** A plan made with `-destroy` does not. */
  readonly tellsCode: boolean;
}

function toSighting(planned: ResourceChange, drift: ResourceChange | undefined, { tellsDrift, tellsCode }: Told): Sighting {
  const live = drift === undefined ? before(planned) : after(drift);
  const recorded = drift === undefined ? notDrifted(planned, live) : before(drift);
  return {
    ...identity(planned, recorded ?? live),
    sides: { ...(tellsDrift && { recorded }), live, ...(tellsCode && { code: after(planned) }) },
    movedFrom: planned.previous_address ?? drift?.previous_address ?? null,
  };
}

/** Deleted for no reason that the code gives: somebody asked for it with `-destroy`. */
function isDestroyed({ change, action_reason, deposed }: ResourceChange): boolean {
  return change.actions.length === 1 && change.actions[0] === 'delete' && !action_reason && !deposed;
}

/** Without drift the record says what the refresh found; only an object about to be imported is in no record yet. */
function notDrifted({ change }: ResourceChange, live: Side | null): Side | null {
  return change.importing === undefined || change.importing === null ? live : null;
}

function driftOnly(drift: ResourceChange, planned: boolean): Sighting {
  const recorded = before(drift);
  return {
    ...identity(drift, recorded),
    sides: { recorded, live: after(drift), ...(planned && { code: null }) },
    movedFrom: drift.previous_address ?? null,
  };
}

function priorOnly({ address, type, provider, id, side }: RecordedResource, refreshed: boolean): Sighting {
  return { address, type, provider, id, sides: { recorded: side, ...(refreshed && { live: side }) }, movedFrom: null, ignored: [] };
}

function notPlanned(address: string, deferredBy: string | undefined): Gap {
  return { address, state: 'stale', reason: deferredBy === undefined ? 'the plan did not look at it; it was probably narrowed to targets' : putOffBy(deferredBy) };
}

function identity(entry: ResourceChange, side: Side | null): Pick<Sighting, 'address' | 'type' | 'provider' | 'id' | 'ignored'> {
  const id = side?.values['id'];
  return {
    address: addressOf(entry),
    type: entry.type,
    provider: providerName(entry.provider_name),
    id: typeof id === 'string' && id !== '' ? id : null,
    ignored: [],
  };
}

function before({ change }: ResourceChange): Side | null {
  return change.before ? side(change.before, maskedPaths(change.before_sensitive), []) : null;
}

function after({ change }: ResourceChange): Side | null {
  return change.after ? side(change.after, maskedPaths(change.after_sensitive), maskedPaths(change.after_unknown)) : null;
}

function side(values: JsonObject, sensitive: readonly Path[], unknown: readonly Path[]): Side {
  return { values, sensitive, unknown, partial: false };
}
