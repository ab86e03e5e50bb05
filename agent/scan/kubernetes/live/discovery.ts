import { z } from 'zod';
import type { KubernetesObject } from '../documents.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiClient } from './api-client.ts';

const ResourceList = z.object({
  resources: z.array(z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean(), verbs: z.array(z.string()).default([]) })),
});

/** How the API calls a kind. */
export interface ApiResource {
  readonly plural: string;
  readonly isNamespaced: boolean;
}

/** Why a kind cannot be read, or how. */
export type Discovered = { readonly kind: 'resource'; readonly resource: ApiResource } | { readonly kind: 'unserved' } | Exclude<ApiAnswer, { kind: 'object' }>;

/** Asks what kinds the cluster serves, each group and version once. */
export function createDiscovery(client: Pick<ApiClient, 'get'>): (object: Pick<KubernetesObject, 'apiVersion' | 'kind'>) => Promise<Discovered> {
  const lists = new Map<string, Promise<ApiAnswer>>();

  return async ({ apiVersion, kind }) => {
    const list = lists.get(apiVersion) ?? client.get(groupPath(apiVersion));
    lists.set(apiVersion, list);
    const answer = await list;
    if (answer.kind === 'refused' && answer.code === 404) return { kind: 'unserved' };
    if (answer.kind !== 'object') return answer;
    const { data } = ResourceList.safeParse(answer.object);
    const found = data?.resources.find((one) => one.kind === kind && !one.name.includes('/') && one.verbs.includes('get'));
    return found === undefined ? { kind: 'unserved' } : { kind: 'resource', resource: { plural: found.name, isNamespaced: found.namespaced } };
  };
}

/** The address of an object, relative to the server. */
export function objectPath({ apiVersion, metadata }: KubernetesObject, { plural, isNamespaced }: ApiResource): string {
  const namespace = isNamespaced ? `/namespaces/${encodeURIComponent(metadata.namespace ?? '')}` : '';
  return `${groupPath(apiVersion)}${namespace}/${plural}/${encodeURIComponent(metadata.name ?? '')}`;
}

/** The address of all objects of a kind, in one namespace or, for null, in every one. */
export function listPath(apiVersion: string, namespace: string | null, { plural, isNamespaced }: ApiResource): string {
  return `${groupPath(apiVersion)}${isNamespaced && namespace !== null ? `/namespaces/${encodeURIComponent(namespace)}` : ''}/${plural}`;
}

/** The core group is the only one without a name. */
function groupPath(apiVersion: string): string {
  const encoded = apiVersion.split('/').map(encodeURIComponent).join('/');
  return apiVersion.includes('/') ? `apis/${encoded}` : `api/${encoded}`;
}
