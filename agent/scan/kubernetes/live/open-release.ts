import { Fault } from '#proto/domain/fault.ts';
import type { Gap } from '#proto/domain/resource.ts';
import type { OpenStack, ScanOptions } from '../../scanner.ts';
import { KubernetesObject } from '../documents.ts';
import { releasedManifests } from '../helm-release.ts';
import { besideCluster, type LiveInput } from './open-live.ts';
import { type Cluster, reachCluster } from './reach.ts';
import { parseReleasePlace } from './release-place.ts';
import { listRevisions, type Revision } from './release-revisions.ts';

/**
 * What a release of Helm deployed last beside the cluster that it lies in. Of its revisions only the one that counts is
 * read; a newer one that did not get through is told.
 * @throws Fault `release-not-deployed`, `releases-unlisted`, and as `reachCluster`
 */
export async function openRelease(path: string, { kindOf, settings }: Pick<LiveInput, 'kindOf' | 'settings'>, { env, timeoutMs }: Pick<ScanOptions, 'env' | 'timeoutMs'>, signal: AbortSignal): Promise<OpenStack> {
  const { namespace, release } = parseReleasePlace(path);
  const cluster = await reachCluster({ env, context: settings.context, timeoutMs }, signal);
  try {
    const revisions = (await listRevisions(cluster.client, namespace, release)).toSorted((a, b) => a.version - b.version);
    const [deployed, newest] = [revisions.findLast(({ status }) => status === 'deployed'), revisions.at(-1)];
    if (deployed === undefined) throw new Fault('release-not-deployed', { release: path, ...(newest !== undefined && { status: newest.status }) });
    const { manifests, gaps } = releasedManifests([await secretOf(deployed, cluster)]);
    return besideCluster({ manifests, gaps: [...unfinished(deployed, newest), ...gaps], kindOf, settings }, cluster, signal);
  } catch (error) {
    cluster.client.close();
    signal.throwIfAborted();
    throw error;
  }
}

/** https://kubernetes.io/docs/concepts/configuration/secret/ */
async function secretOf({ namespace, secret }: Revision, { client }: Pick<Cluster, 'client'>): Promise<KubernetesObject> {
  const answer = await client.get(`api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${encodeURIComponent(secret)}`);
  const object = answer.kind === 'object' ? KubernetesObject.safeParse(answer.object) : null;
  if (object?.success === true) return object.data;
  throw new Fault('releases-unlisted', { namespace, reason: answer.kind === 'object' ? 'the answer is not a Secret' : answer.reason });
}

function unfinished(deployed: Revision, newest: Revision | undefined): readonly Gap[] {
  if (newest === undefined || newest.version <= deployed.version) return [];
  const reason = `revision ${newest.version} is ${newest.status}; compared with revision ${deployed.version}, the last that was deployed`;
  return [{ address: `helm release ${deployed.namespace}/${deployed.release}`, state: 'stale', reason }];
}
