import { isList, isObject, type Json } from '#proto/domain/json.ts';
import type { Gap, Sighting } from '#proto/domain/resource.ts';
import { KubernetesObject } from '../documents.ts';
import { addressOf, identityOf } from '../object-identity.ts';
import type { Watched } from '../settings.ts';
import { isMadeByCluster, isWatched, readKind, unmanaged } from '../watched.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiClient } from './api-client.ts';
import { type ApiResource, type Discovered, listPath } from './discovery.ts';

export interface ListWatched {
  readonly client: Pick<ApiClient, 'get'>;
  readonly discover: (object: { readonly apiVersion: string; readonly kind: string }) => Promise<Discovered>;
  readonly watched: readonly Watched[];
  /** With the namespaces that they go to. */
  readonly manifests: readonly KubernetesObject[];
  readonly gap: (gap: Gap) => void;
}

/** Objects a page, and pages of one kind: beyond them a selector is too wide to be told object by object. */
const perPage = 500;
const maxPages = 20;

/** The objects that dd0c.yaml asks for and no manifest names. What belongs to another object or to every cluster is left out. */
export async function* listWatched({ client, discover, watched, manifests, gap }: ListWatched): AsyncGenerator<Sighting> {
  const known = new Set(manifests.map((manifest) => addressOf(identityOf(manifest))));
  for (const one of watched) {
    for (const { apiVersion, kind } of await kindsOf(one)) {
      const found = await discover({ apiVersion, kind });
      if (found.kind !== 'resource') {
        gap({ address: `${apiVersion}/${kind} (unmanaged)`, state: found.kind === 'unserved' ? 'unsupported' : 'unreadable', reason: found.kind === 'unserved' ? 'the cluster serves no such kind' : found.reason });
        continue;
      }
      for (const namespace of namespacesOf(one, found.resource)) yield* ofKind(one, { apiVersion, kind, namespace, resource: found.resource });
    }
  }

  async function* ofKind(one: Watched, { apiVersion, kind, namespace, resource }: { apiVersion: string; kind: string; namespace: string | null; resource: ApiResource }): AsyncGenerator<Sighting> {
    let next = '';
    for (let page = 0; page < maxPages; page += 1) {
      const query = new URLSearchParams({ limit: String(perPage), ...(one.labels === undefined ? {} : { labelSelector: one.labels }), ...(next === '' ? {} : { continue: next }) });
      const answer = await client.get(`${listPath(apiVersion, namespace, resource)}?${query.toString()}`);
      if (answer.kind !== 'object') return gap(unlisted(answer, apiVersion, kind, namespace));
      for (const item of itemsIn(answer.object['items'], apiVersion, kind)) {
        const address = addressOf(identityOf(item));
        if (known.has(address) || isMadeByCluster(item) || !isWatched(item, [one], manifests)) continue;
        known.add(address);
        yield unmanaged(item);
      }
      next = continueOf(answer.object['metadata']);
      if (next === '') return;
    }
    gap({ address: `${apiVersion}/${kind} (unmanaged)`, state: 'unsupported', reason: `there are more than ${perPage * maxPages}; narrow the selector` });
  }

  async function kindsOf({ kinds }: Watched): Promise<readonly { apiVersion: string; kind: string }[]> {
    const ofManifests = [...new Map(manifests.map(({ apiVersion, kind }) => [`${apiVersion}/${kind}`, { apiVersion, kind }])).values()];
    if (kinds === undefined) return ofManifests;
    const asked = await Promise.all(kinds.map(readKind).map(async ({ apiVersion, group, kind }) => {
      const near = ofManifests.find((one) => one.kind === kind && (group === null || identityOf({ ...one, metadata: {} }).group === group));
      return { kind, apiVersion: apiVersion ?? near?.apiVersion ?? (await preferred(group ?? usualGroups[kind] ?? '')) };
    }));
    return asked;
  }

  /** Every group says which of its versions it would have one use. */
  async function preferred(group: string): Promise<string> {
    if (group === '') return 'v1';
    const answer = await client.get(`apis/${encodeURIComponent(group)}`);
    const version = answer.kind === 'object' && isObject(answer.object['preferredVersion']) ? answer.object['preferredVersion']['groupVersion'] : undefined;
    return typeof version === 'string' ? version : `${group}/v1`;
  }

  /** One list for all namespaces where a glob may mean any of them. */
  function namespacesOf({ namespaces }: Watched, { isNamespaced }: ApiResource): readonly (string | null)[] {
    if (!isNamespaced) return [null];
    const named = namespaces ?? [...new Set(manifests.map(({ metadata }) => metadata.namespace ?? '').filter((name) => name !== ''))];
    return named.some((name) => name.includes('*')) ? [null] : named;
  }
}

/** Where a kind is named without its group. */
const usualGroups: Readonly<Record<string, string>> = {
  Deployment: 'apps', StatefulSet: 'apps', DaemonSet: 'apps', ReplicaSet: 'apps', Job: 'batch', CronJob: 'batch', Ingress: 'networking.k8s.io', NetworkPolicy: 'networking.k8s.io', IngressClass: 'networking.k8s.io',
  Role: 'rbac.authorization.k8s.io', RoleBinding: 'rbac.authorization.k8s.io', ClusterRole: 'rbac.authorization.k8s.io', ClusterRoleBinding: 'rbac.authorization.k8s.io', HorizontalPodAutoscaler: 'autoscaling',
  PodDisruptionBudget: 'policy', StorageClass: 'storage.k8s.io', CustomResourceDefinition: 'apiextensions.k8s.io', ValidatingWebhookConfiguration: 'admissionregistration.k8s.io',
  MutatingWebhookConfiguration: 'admissionregistration.k8s.io', PriorityClass: 'scheduling.k8s.io',
};

/** The items of a list leave out what the list's kind says. */
function itemsIn(items: Json | undefined, apiVersion: string, kind: string): readonly KubernetesObject[] {
  if (!isList(items)) return [];
  return items.flatMap((item) => {
    const object = KubernetesObject.safeParse(isObject(item) ? { apiVersion, kind, ...item } : item);
    return object.success ? [object.data] : [];
  });
}

function continueOf(metadata: Json | undefined): string {
  const token = isObject(metadata) ? metadata['continue'] : undefined;
  return typeof token === 'string' ? token : '';
}

function unlisted(answer: Exclude<ApiAnswer, { kind: 'object' }>, apiVersion: string, kind: string, namespace: string | null): Gap {
  const state = answer.kind === 'refused' && answer.code === 429 ? 'throttled' : 'unreadable';
  return { address: `${apiVersion}/${kind}${namespace === null ? '' : ` in ${namespace}`} (unmanaged)`, state, reason: `it could not be listed: ${answer.reason}` };
}
