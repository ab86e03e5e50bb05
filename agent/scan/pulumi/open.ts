import type { Gap, Sighting } from '#proto/domain/resource.ts';
import type { OpenStack } from '../scanner.ts';
import type { EventLog, Verdict } from './verdict.ts';
import { fromVerdict, type Seen } from './from-verdicts.ts';
import type { Deployment, PulumiResource } from './schema.ts';
import { addressOf, isManaged, stackOf, toSighting } from './sighting.ts';

/** An export or a checkpoint: what the program asked for beside what the provider answered at the last update. */
export function openDeployment(deployment: Deployment): OpenStack {
  const resources = deployment.resources ?? [];
  const interrupted = new Map((deployment.pending_operations ?? []).map(({ resource, type }) => [resource.urn, type]));
  const seen = resources.filter(isManaged).map((resource) => fromRecord(resource, interrupted.get(resource.urn)));
  const begunOnly = [...interrupted].filter(([urn]) => !resources.some((resource) => resource.urn === urn));
  return opened({
    id: identityOf(resources.map(({ urn }) => urn)),
    against: 'inputs',
    seen: [...seen, ...begunOnly.map(([urn, type]) => ({ gap: interruptedGap(urn, type) }))],
  });
}

/** Engine events of a refresh, a preview or an update; which of them, where it is known beforehand, else by its steps. */
export function openEvents(log: EventLog, against?: 'live' | 'code'): OpenStack {
  const isRefresh = log.verdicts.some((verdict) => verdict.refreshed);
  const seen = afterRefresh(log.verdicts.map((verdict) => ({ verdict, seen: fromVerdict(verdict, log) })));
  return opened({
    id: identityOf(log.verdicts.flatMap((verdict) => [verdict.old?.urn, verdict.new?.urn]).filter((urn) => urn !== undefined)),
    against: against ?? (isRefresh ? 'live' : 'code'),
    seen: log.cutShort === null ? seen : [...seen, { gap: { address: '*', state: 'unreadable', reason: log.cutShort } }],
  });
}

/** A run with `--refresh` comes to a resource twice: what is live stands in the first, and in the second what the program asks for. */
function afterRefresh(all: readonly { readonly verdict: Verdict; readonly seen: Seen }[]): readonly Seen[] {
  const later = new Map(all.flatMap(({ verdict, seen }) => (!verdict.refreshed && seen !== null && 'sighting' in seen ? [[seen.sighting.address, seen.sighting] as const] : [])));
  const read = new Set(all.flatMap(({ verdict, seen }) => (verdict.refreshed && seen !== null && 'sighting' in seen ? [seen.sighting.address] : [])));
  return all.flatMap(({ verdict, seen }): readonly Seen[] => {
    if (seen === null || !('sighting' in seen)) return [seen];
    if (!verdict.refreshed) return read.has(seen.sighting.address) ? [] : [seen];
    const code = later.get(seen.sighting.address)?.sides.code;
    return [code === undefined ? seen : { sighting: { ...seen.sighting, sides: { ...seen.sighting.sides, code: code === null ? null : { ...code, partial: true } } } }];
  });
}

function fromRecord(resource: PulumiResource, pending: string | undefined): Seen {
  const address = addressOf(resource);
  if (pending !== undefined) return { gap: interruptedGap(address, pending) };
  if (resource.delete === true) {
    return { gap: { address, state: 'stale', reason: 'the old half of a replacement, waiting for its deletion' } };
  }
  if (resource.pendingReplacement === true) return { gap: { address, state: 'stale', reason: 'it was deleted to be made anew, which has not happened yet' } };
  if ((resource.initErrors ?? []).length > 0) return { gap: { address, state: 'unreadable', reason: 'the provider says that it is not healthy' } };
  return { sighting: comparable(toSighting(resource)) };
}

/** What a provider never gives back (write-only inputs) cannot be told from what it lost: such inputs are unknown. */
function comparable(sighting: Sighting): Sighting {
  const { code, recorded } = sighting.sides;
  if (!code || !recorded) return sighting;
  const unsaid = Object.keys(code.values).filter((name) => !Object.hasOwn(recorded.values, name));
  return { ...sighting, sides: { ...sighting.sides, code: { ...code, unknown: [...code.unknown, ...unsaid.map((name) => [name])] } } };
}

function interruptedGap(address: string, type: string): Gap {
  return { address, state: 'stale', reason: `an operation (${type}) was interrupted; \`pulumi refresh\` settles it` };
}

function identityOf(urns: readonly string[]): string | null {
  const [stack] = urns.map(stackOf).filter((found) => found !== null);
  return stack === undefined ? null : `pulumi:${stack}`;
}

function opened({ id, against, seen }: { id: string | null; against: string; seen: readonly Seen[] }): OpenStack {
  const sightings = seen.flatMap((one) => (one !== null && 'sighting' in one ? [one.sighting] : []));
  const gaps = seen.flatMap((one) => (one !== null && 'gap' in one ? [one.gap] : []));
  return { id, against, lineage: null, serial: null, sightings: () => sightings, gaps: () => gaps };
}
