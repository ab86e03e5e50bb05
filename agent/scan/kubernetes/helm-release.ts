import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { asFault } from '#proto/domain/fault.ts';
import type { Gap } from '#proto/domain/resource.ts';
import { type KubernetesObject, readObjects } from './documents.ts';
import { addressOf, identityOf } from './object-identity.ts';

/** The Secret in which Helm 3 keeps a release: JSON in gzip in base64, which is in base64 again as in every Secret. */
const ReleaseSecret = z.object({ type: z.literal('helm.sh/release.v1'), data: z.object({ release: z.string() }) });

const Release = z.object({
  name: z.string(),
  namespace: z.string(),
  version: z.number(),
  info: z.object({ status: z.string() }),
  manifest: z.string(),
});
type Release = z.infer<typeof Release>;

/** A Secret holds 1 MiB at most; what unpacks to more than this was not made by Helm. */
const maxReleaseBytes = 64 * 1024 * 1024;

export interface Released {
  /** What is deployed, as its chart was rendered; hooks are not part of it. */
  readonly manifests: readonly KubernetesObject[];
  readonly gaps: readonly Gap[];
}

export function isRelease(object: KubernetesObject): boolean {
  return object.kind === 'Secret' && ReleaseSecret.safeParse(object).success;
}

/**
 * What Helm deployed, from the Secrets of its releases: of each release the newest that is deployed. Objects that leave
 * their namespace out go to that of the release.
 */
export function releasedManifests(secrets: readonly KubernetesObject[]): Released {
  const read = secrets.map((secret) => ({ secret, release: releaseIn(secret) }));
  const deployed = read.flatMap(({ release }) => (release?.info.status === 'deployed' ? [release] : [])).toSorted((a, b) => a.version - b.version);
  const newest = [...new Map(deployed.map((release) => [`${release.namespace}/${release.name}`, release])).values()];
  const rendered = newest.map(render);
  return {
    manifests: rendered.flatMap(({ manifests }) => manifests),
    gaps: [...read.flatMap(({ secret, release }) => (release === null ? [unreadable(addressOf(identityOf(secret)), 'it is not a release of Helm 3')] : [])), ...rendered.flatMap(({ gaps }) => gaps)],
  };
}

function render({ name, namespace, manifest }: Release): Released {
  const source = `helm release ${namespace}/${name}`;
  try {
    const manifests = readObjects(manifest, source).map((object) => ({ ...object, metadata: { ...object.metadata, namespace: object.metadata.namespace || namespace } }));
    return { manifests, gaps: [] };
  } catch (error) {
    return { manifests: [], gaps: [unreadable(source, asFault(error).message)] };
  }
}

function releaseIn(secret: KubernetesObject): Release | null {
  const { data } = ReleaseSecret.safeParse(secret);
  if (data === undefined) return null;
  try {
    const packed = Buffer.from(Buffer.from(data.data.release, 'base64').toString('latin1'), 'base64');
    const isPacked = packed[0] === 0x1f && packed[1] === 0x8b; // gzip; releases of the first Helm 3 were not packed
    const text = (isPacked ? gunzipSync(packed, { maxOutputLength: maxReleaseBytes }) : packed).toString('utf8');
    return Release.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function unreadable(address: string, reason: string): Gap {
  return { address, state: 'unreadable', reason };
}
