import type { Target } from '../../scanner.ts';
import { glob } from '../managers.ts';
import { reachCluster, type Reach } from './reach.ts';
import { parseReleasePlace, releasePath } from './release-place.ts';
import { listRevisions } from './release-revisions.ts';

/** How long the list of releases may take. */
const listingTimeoutMs = 60_000;

/**
 * The releases of Helm that a path names, in the cluster that kubectl would use. One that is named in full is not looked
 * up, so that listing other namespaces need not be allowed.
 * @throws Fault `release-place-unknown`, `releases-unlisted`, and as `reachCluster`
 */
export async function findReleases(path: string, to: Omit<Reach, 'timeoutMs'>, signal: AbortSignal): Promise<readonly Target[]> {
  const { namespace, release } = parseReleasePlace(path);
  if (namespace !== null && release !== null && isPlain(namespace) && isPlain(release)) return [targetOf(namespace, release)];
  const { client } = await reachCluster({ ...to, timeoutMs: listingTimeoutMs }, signal);
  try {
    const revisions = await listRevisions(client, isPlain(namespace) ? namespace : null, isPlain(release) ? release : null);
    const meant = revisions.filter((one) => one.status !== 'uninstalled' && matches(namespace, one.namespace) && matches(release, one.release));
    const paths = [...new Set(meant.map((one) => releasePath(one.namespace, one.release)))].toSorted();
    return paths.map((each) => ({ kind: 'kubernetes', form: 'helm-release', path: each, label: each }));
  } finally {
    client.close();
  }
}

function targetOf(namespace: string, release: string): Target {
  const path = releasePath(namespace, release);
  return { kind: 'kubernetes', form: 'helm-release', path, label: path };
}

function isPlain(part: string | null): boolean {
  return part !== null && !part.includes('*');
}

function matches(pattern: string | null, name: string): boolean {
  return pattern === null || glob(pattern).test(name);
}
