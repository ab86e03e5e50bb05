import type { Gap, Sighting } from '#proto/domain/resource.ts';
import type { OpenStack, ScanOptions } from '../../scanner.ts';
import type { KubernetesObject } from '../documents.ts';
import type { OwnedField } from '../managed-fields.ts';
import type { ManagerKind } from '../managers.ts';
import { addressOf, identityOf, lastOfEach } from '../object-identity.ts';
import type { KubernetesSettings } from '../settings.ts';
import { toSighting } from '../sighting.ts';
import { requestsAtOnce } from './api-client.ts';
import { createDiscovery } from './discovery.ts';
import { inOrder } from './in-order.ts';
import { listWatched } from './list-watched.ts';
import { askLive } from './live-object.ts';
import { type Cluster, reachCluster } from './reach.ts';

export interface LiveInput {
  readonly manifests: readonly KubernetesObject[];
  /** What could not be read of the manifests. */
  readonly gaps: readonly Gap[];
  readonly kindOf: (field: OwnedField) => ManagerKind;
  readonly settings: Pick<KubernetesSettings, 'context' | 'unmanaged'>;
}

/**
 * Manifests beside the cluster that kubectl would use.
 * @throws Fault as `reachCluster`
 */
export async function openLive(input: LiveInput, { env, timeoutMs }: Pick<ScanOptions, 'env' | 'timeoutMs'>, signal: AbortSignal): Promise<OpenStack> {
  return besideCluster(input, await reachCluster({ env, context: input.settings.context, timeoutMs }, signal), signal);
}

/**
 * Manifests beside a cluster, which is left when they are read. Whatever hinders one object stands in the ledger under
 * its name; when the time is up, so does every object that is left.
 */
export function besideCluster({ manifests, gaps, kindOf, settings }: LiveInput, { client, namespace }: Cluster, signal: AbortSignal): OpenStack {
  const found: Gap[] = [...gaps];
  return { id: null, against: 'live', lineage: null, serial: null, sightings, gaps: () => found };

  async function* sightings(): AsyncGenerator<Sighting> {
    const ask = { client, discover: createDiscovery(client), namespace };
    const placed: KubernetesObject[] = [];
    const inFallback = inFallbackOf(namespace);
    try {
      for await (const { manifest, answer } of inOrder(lastOfEach(manifests), requestsAtOnce, async (one) => ({ manifest: one, answer: await askLive(one, ask) }))) {
        signal.throwIfAborted();
        placed.push(answer.kind === 'seen' ? answer.desired : inFallback(manifest));
        if (answer.kind === 'seen') yield toSighting(answer, kindOf);
        else found.push({ address: addressOf(identityOf(manifest)), state: answer.state, reason: answer.reason });
      }
      if (settings.unmanaged.length > 0) yield* listWatched({ client, discover: ask.discover, watched: settings.unmanaged, manifests: placed, gap: (gap) => void found.push(gap) });
    } finally {
      client.close();
    }
  }
}

/** Where a manifest goes of which nothing is known but that it could not be read. */
function inFallbackOf(namespace: string): (manifest: KubernetesObject) => KubernetesObject {
  return (manifest) => (manifest.metadata.namespace ? manifest : { ...manifest, metadata: { ...manifest.metadata, namespace } });
}
