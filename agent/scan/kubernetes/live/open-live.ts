import { Fault } from '#proto/domain/fault.ts';
import type { Gap, Sighting } from '#proto/domain/resource.ts';
import type { OpenStack, ScanOptions } from '../../scanner.ts';
import type { KubernetesObject } from '../documents.ts';
import type { OwnedField } from '../managed-fields.ts';
import type { ManagerKind } from '../managers.ts';
import { addressOf, identityOf, lastOfEach } from '../object-identity.ts';
import type { KubernetesSettings } from '../settings.ts';
import { toSighting } from '../sighting.ts';
import { type ApiClient, createApiClient, requestsAtOnce } from './api-client.ts';
import { connectionOf } from './connection.ts';
import { createDiscovery } from './discovery.ts';
import { inOrder } from './in-order.ts';
import { listWatched } from './list-watched.ts';
import { askLive } from './live-object.ts';

export interface LiveInput {
  readonly manifests: readonly KubernetesObject[];
  /** What could not be read of the manifests. */
  readonly gaps: readonly Gap[];
  readonly kindOf: (field: OwnedField) => ManagerKind;
  readonly settings: Pick<KubernetesSettings, 'context' | 'unmanaged'>;
}

/**
 * Manifests beside a cluster. Whatever hinders one object stands in the ledger under its name; when the time is up, so
 * does every object that is left.
 * @throws Fault `kubeconfig-missing`, `kubeconfig-unreadable`, `cluster-credentials`, `cluster-unreachable`,
 * `cluster-unauthorized`, `cluster-timeout`
 */
export async function openLive({ manifests, gaps, kindOf, settings }: LiveInput, { env, timeoutMs }: Pick<ScanOptions, 'env' | 'timeoutMs'>, signal: AbortSignal): Promise<OpenStack> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const either = AbortSignal.any([signal, deadline]);
  const { client, namespace } = await connect();
  const found: Gap[] = [...gaps];
  return { id: null, against: 'live', lineage: null, serial: null, sightings, gaps: () => found };

  async function connect(): Promise<{ client: ApiClient; namespace: string }> {
    try {
      const connection = await connectionOf(env, either, { context: settings.context });
      const api = createApiClient(connection, either);
      await greet(api, connection.server.host);
      return { client: api, namespace: connection.namespace };
    } catch (error) {
      signal.throwIfAborted();
      if (deadline.aborted) throw new Fault('cluster-timeout', { seconds: timeoutMs / 1_000 });
      throw error;
    }
  }

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

/** Every authenticated client may ask for the version; where even that is forbidden, the server has answered. */
async function greet(client: Pick<ApiClient, 'get'>, host: string): Promise<void> {
  const answer = await client.get('version');
  if (answer.kind === 'unanswered') throw new Fault('cluster-unreachable', { server: host, reason: answer.reason });
  if (answer.kind === 'refused' && answer.code === 401) throw new Fault('cluster-unauthorized', { server: host });
}
