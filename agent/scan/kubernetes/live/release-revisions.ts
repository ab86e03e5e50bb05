import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import type { ApiClient } from './api-client.ts';
import { listPath } from './discovery.ts';

/** The labels that Helm 3 puts on the Secret of each revision of a release. */
const RevisionList = z.object({
  metadata: z.object({ continue: z.string().optional() }).optional(),
  items: z.array(z.object({
    metadata: z.object({
      name: z.string(),
      namespace: z.string(),
      labels: z.object({ name: z.string(), version: z.coerce.number(), status: z.string() }),
    }),
  }).nullable().catch(null)).nullish(), // null where nothing matches
});

/** One revision of a release, without what it holds. */
export interface Revision {
  readonly secret: string;
  readonly namespace: string;
  readonly release: string;
  readonly version: number;
  /** `deployed`, `superseded`, `failed`, `pending-upgrade`… */
  readonly status: string;
}

const secrets = { plural: 'secrets', isNamespaced: true };

/** Revisions a page, and pages: Helm keeps ten of each release. */
const perPage = 500;
const maxPages = 40;

/**
 * The revisions of releases, in one namespace or (null) in all. Only metadata is asked for, and of Helm's Secrets alone.
 * @throws Fault `releases-unlisted`
 */
export async function listRevisions(client: Pick<ApiClient, 'listMetadata'>, namespace: string | null, release: string | null): Promise<readonly Revision[]> {
  const labels = ['owner=helm', ...(release === null ? [] : [`name=${release}`])].join(',');
  const revisions: Revision[] = [];
  let next = '';
  for (let page = 0; page < maxPages; page += 1) {
    const query = new URLSearchParams({ labelSelector: labels, fieldSelector: 'type=helm.sh/release.v1', limit: String(perPage), ...(next === '' ? {} : { continue: next }) });
    const answer = await client.listMetadata(`${listPath('v1', namespace, secrets)}?${query.toString()}`);
    const list = answer.kind === 'object' ? RevisionList.safeParse(answer.object) : null;
    if (list?.success !== true) throw new Fault('releases-unlisted', { namespace: namespace ?? 'all', reason: answer.kind === 'object' ? 'the answer is not a list' : answer.reason });
    revisions.push(...(list.data.items ?? []).flatMap((item) => (item === null ? [] : [revisionOf(item.metadata)])));
    next = list.data.metadata?.continue ?? '';
    if (next === '') return revisions;
  }
  throw new Fault('releases-unlisted', { namespace: namespace ?? 'all', reason: `there are more than ${perPage * maxPages} revisions; name a namespace` });
}

function revisionOf({ name, namespace, labels }: { readonly name: string; readonly namespace: string; readonly labels: { readonly name: string; readonly version: number; readonly status: string } }): Revision {
  return { secret: name, namespace, release: labels.name, version: labels.version, status: labels.status };
}
