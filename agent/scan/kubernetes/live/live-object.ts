import type { GapState } from '#proto/domain/resource.ts';
import { KubernetesObject } from '../documents.ts';
import { unnamedReason } from '../object-identity.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiClient } from './api-client.ts';
import { type ApiResource, type Discovered, objectPath } from './discovery.ts';

/** What a cluster says of one manifest. */
export type LiveAnswer =
  | {
      readonly kind: 'seen';
      /** The manifest with the namespace that it goes to. */
      readonly desired: KubernetesObject;
      /** Null where the cluster has no such object. */
      readonly live: KubernetesObject | null;
      /** What applying the manifest would make of it; null where the API would not say. */
      readonly predicted: KubernetesObject | null;
    }
  | { readonly kind: 'gap'; readonly state: GapState; readonly reason: string };

export interface AskLive {
  readonly client: ApiClient;
  readonly discover: (object: Pick<KubernetesObject, 'apiVersion' | 'kind'>) => Promise<Discovered>;
  /** For manifests that leave it out. */
  readonly namespace: string;
}

/** Asks a cluster for the live object and for what applying the manifest would make of it. */
export async function askLive(manifest: KubernetesObject, { client, discover, namespace }: AskLive): Promise<LiveAnswer> {
  const { name = '' } = manifest.metadata;
  const unnamed = unnamedReason(manifest);
  if (unnamed !== null) return unsupported(unnamed);
  if (/^\.{0,2}$/.test(name) || /(?:^|\/)\.{0,2}(?:\/|$)/.test(manifest.apiVersion)) return unsupported('its name cannot be one in the API');
  const found = await discover(manifest);
  if (found.kind === 'unserved') return unsupported(`the cluster serves no ${manifest.kind} of ${manifest.apiVersion}`);
  if (found.kind !== 'resource') return gapOf(found, 'its kind could not be looked up');

  const desired = inNamespace(manifest, found.resource, namespace);
  const path = objectPath(desired, found.resource);
  const got = await client.get(path);
  if (got.kind === 'refused' && got.code === 404) return { kind: 'seen', desired, live: null, predicted: null };
  if (got.kind !== 'object') return gapOf(got, 'it could not be read');
  const live = KubernetesObject.safeParse(got.object);
  if (!live.success) return unreadable('what the cluster answered is not an object of the API');

  const applied = await client.applyDryRun(path, withoutManagedFields(desired));
  if (applied.kind !== 'object') return saysNothing(applied) ? { kind: 'seen', desired, live: live.data, predicted: null } : gapOf(applied, 'it could not be tried');
  const predicted = KubernetesObject.safeParse(applied.object);
  return predicted.success ? { kind: 'seen', desired, live: live.data, predicted: predicted.data } : unreadable('what the cluster answered is not an object of the API');
}

/**
 * True where the API refuses the trial for a reason that says nothing of the object: no right to patch, a field that
 * cannot be changed in place, a webhook that takes part in no dry run. The manifest itself is then compared, as with a dump.
 */
function saysNothing(answer: ApiAnswer): boolean {
  if (answer.kind !== 'refused') return false;
  return answer.code === 403 || answer.code === 422 || (answer.code === 400 && answer.reason.includes('does not support dry run'));
}

function inNamespace(manifest: KubernetesObject, { isNamespaced }: ApiResource, fallback: string): KubernetesObject {
  const { namespace, ...metadata } = manifest.metadata;
  return { ...manifest, metadata: isNamespaced ? { ...metadata, namespace: namespace || fallback } : metadata };
}

/** The API refuses to apply a manifest that carries them. */
function withoutManagedFields(manifest: KubernetesObject): KubernetesObject {
  const { managedFields: _managed, resourceVersion: _version, uid: _uid, ...metadata } = manifest.metadata;
  return { ...manifest, metadata };
}

function gapOf(answer: Exclude<ApiAnswer, { kind: 'object' }>, what: string): LiveAnswer {
  if (answer.kind === 'unanswered') return unreadable(`${what}: ${answer.reason}`);
  if (answer.code !== 429) return unreadable(`${what}: ${answer.reason}`);
  const again = answer.retryAfterMs === null ? '' : `; it asks to come back in ${answer.retryAfterMs / 1_000} s`;
  return { kind: 'gap', state: 'throttled', reason: `${what}: ${answer.reason}${again}` };
}

function unsupported(reason: string): LiveAnswer {
  return { kind: 'gap', state: 'unsupported', reason };
}

function unreadable(reason: string): LiveAnswer {
  return { kind: 'gap', state: 'unreadable', reason };
}
