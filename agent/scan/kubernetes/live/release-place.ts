import { Fault } from '#proto/domain/fault.ts';

/** Where releases of Helm lie; null means all. */
export interface ReleasePlace {
  readonly namespace: string | null;
  readonly release: string | null;
}

/** How a place is written, in paths and in dd0c.yaml. */
export const helmScheme = 'helm://';

/**
 * `helm://NAMESPACE/RELEASE`, of which everything may be left off from the right; `*` is any text.
 * @throws Fault `release-place-unknown`
 */
export function parseReleasePlace(path: string): ReleasePlace {
  const [namespace = '', release = '', ...more] = path.slice(helmScheme.length).replace(/\/$/, '').split('/');
  if (!path.startsWith(helmScheme) || more.length > 0 || ![namespace, release].every((part) => /^[a-z0-9.*-]*$/.test(part))) throw new Fault('release-place-unknown', { source: path });
  return { namespace: namespace === '' || namespace === '*' ? null : namespace, release: release === '' || release === '*' ? null : release };
}

/** The place of one release. */
export function releasePath(namespace: string, release: string): string {
  return `${helmScheme}${namespace}/${release}`;
}
