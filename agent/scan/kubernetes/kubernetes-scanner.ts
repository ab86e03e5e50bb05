import { join } from 'node:path';
import { readdir, stat } from 'node:fs/promises';
import { asFault, Fault } from '#proto/domain/fault.ts';
import type { Gap } from '#proto/domain/resource.ts';
import { decodeText } from '../source/decode.ts';
import { readBytes } from '../source/read-bytes.ts';
import type { OpenStack, ScanOptions, Scanner, Target } from '../scanner.ts';
import { type KubernetesObject, readObjects } from './documents.ts';
import { findKubernetes, manifestsIn } from './find.ts';
import { isRelease, releasedManifests } from './helm-release.ts';
import type { OwnedField } from './managed-fields.ts';
import { createManagerKinds, type ManagerKind } from './managers.ts';
import { defaultSettings, type KubernetesSettings } from './settings.ts';
import { isMadeByCluster, isWatched, unmanaged } from './watched.ts';
import { appliedManifest } from './last-applied.ts';
import { addressOf, identityOf, type ObjectPair, pairObjects, unnamedReason } from './object-identity.ts';
import { findReleases } from './live/find-releases.ts';
import { type LiveInput, openLive } from './live/open-live.ts';
import { openRelease } from './live/open-release.ts';
import { helmScheme } from './live/release-place.ts';
import { toSighting } from './sighting.ts';

/**
 * Reads Kubernetes: manifests against a cluster where a live comparison is asked for, else against a dump (`kubectl get
 * -o yaml`), the one given as the other's baseline or both in one place; a dump by itself against what Helm released or what was applied last;
 * a release of Helm against the cluster that it lies in. `env` is for looking for those.
 */
export function createKubernetesScanner(settings: KubernetesSettings = defaultSettings, env: ScanOptions['env'] = {}): Scanner {
  const how: How = { settings, kindOf: createManagerKinds(settings.managers) };
  return {
    kind: 'kubernetes',
    schemes: ['helm'],
    find: (path, signal) => (path.startsWith(helmScheme) ? findReleases(path, { env, context: settings.context }, signal) : findKubernetes(path, signal)),
    open: (target, options, signal) => open(target, { ...options, ...how }, signal),
  };
}

interface How {
  readonly settings: KubernetesSettings;
  readonly kindOf: (field: OwnedField) => ManagerKind;
}

async function open(target: Target, options: ScanOptions & How, signal: AbortSignal): Promise<OpenStack> {
  const { against, settings, kindOf } = options;
  if (target.form === 'helm-release') {
    if (against.side === 'file') throw new Fault('usage', { option: '--against', given: against.path, expected: 'nothing or live: a release is compared with its cluster' });
    return await openRelease(target.path, { kindOf, settings }, options, signal);
  }
  const seen = await readAll(target.path, target.label, signal);
  if (against.side === 'file') {
    const baseline = await readAll(against.path, against.path, signal);
    return stackOf(pairObjects(baseline.objects, seen.objects), { ...options, told: against.path }, [...baseline.gaps, ...seen.gaps]);
  }
  const releases = seen.objects.filter(isRelease);
  const live = seen.objects.filter((object) => isLive(object) && !isRelease(object));
  const written = seen.objects.filter((object) => !isLive(object) && !isRelease(object));
  const released = written.length > 0 ? { manifests: [], gaps: [] } : releasedManifests(releases);
  const desired = written.length > 0 ? written : released.manifests;
  const gaps = [...seen.gaps, ...released.gaps];
  if (against.side === 'live') return await openLive({ ...manifestsOf(desired, live, gaps), kindOf, settings }, options, signal);
  if (written.length > 0 || live.length === 0) return stackOf(pairObjects(desired, live), { ...options, told: live.length > 0 ? 'code' : 'nothing' }, gaps);
  const pairs = pairObjects(desired, live).map((pair) => (pair.desired === null && pair.live !== null ? { desired: appliedManifest(pair.live), live: pair.live } : pair));
  return stackOf(pairs, { ...options, told: desired.length > 0 ? 'helm release' : 'last applied' }, gaps);
}

/** What is asked for: the manifests, or where there is only a dump what it says was applied last. */
function manifestsOf(desired: readonly KubernetesObject[], dump: readonly KubernetesObject[], gaps: readonly Gap[]): Pick<LiveInput, 'manifests' | 'gaps'> {
  if (desired.length > 0) return { manifests: desired, gaps };
  const applied = dump.map((object) => ({ object, manifest: appliedManifest(object) }));
  return {
    manifests: applied.flatMap(({ manifest }) => (manifest === null ? [] : [manifest])),
    gaps: [...gaps, ...applied.flatMap(({ object, manifest }) => (manifest === null ? [neverApplied(object)] : []))],
  };
}

/** What was read from a cluster carries what only the API server writes. */
function isLive({ metadata }: KubernetesObject): boolean {
  return typeof metadata['uid'] === 'string' || typeof metadata['resourceVersion'] === 'string';
}

/** Without any live object nothing was looked at, so that a manifest without a partner is not missing but unchecked. */
function stackOf(pairs: readonly ObjectPair[], { told: against, settings, kindOf }: How & { readonly told: string }, gaps: readonly Gap[]): OpenStack {
  const wasLookedAt = pairs.some(({ live }) => live !== null);
  const manifests = pairs.flatMap(({ desired, live }) => (desired === null ? [] : [live === null ? desired : { ...desired, metadata: { ...desired.metadata, namespace: live.metadata.namespace } }]));
  const sightings = pairs.flatMap(({ desired, live }) => {
    if (desired !== null) return wasLookedAt && unnamedReason(desired) === null ? [toSighting({ desired, live }, kindOf)] : [];
    return live !== null && isExtra(live) ? [unmanaged(live)] : [];
  });
  const unchecked = pairs.flatMap(({ desired }) => (desired === null || (wasLookedAt && unnamedReason(desired) === null) ? [] : [unsupported(desired, unnamedReason(desired) ?? alone)]));
  const unapplied = against === 'last applied' || against === 'helm release' ? pairs.flatMap(({ desired, live }) => (desired === null && live !== null && !isExtra(live) ? [neverApplied(live)] : [])) : [];
  return { id: null, against, lineage: null, serial: null, sightings: () => sightings, gaps: () => [...gaps, ...unchecked, ...unapplied] };

  /** Only what somebody asked to be told of. */
  function isExtra(object: KubernetesObject): boolean {
    return isWatched(object, settings.unmanaged, manifests) && !isMadeByCluster(object);
  }
}

const alone = 'only the manifest is here; scan with --against live, or give a dump of the cluster';

function neverApplied(object: KubernetesObject): Gap {
  return unsupported(object, 'it does not say what was applied; give its manifest with --against');
}

function unsupported(object: KubernetesObject, reason: string): Gap {
  return { address: addressOf(identityOf(object)), state: 'unsupported', reason };
}

interface Read {
  readonly objects: readonly KubernetesObject[];
  readonly gaps: readonly Gap[];
}

/** In a folder a file that cannot be read hides no other; a file named by itself is refused as a whole. */
async function readAll(path: string, label: string, signal: AbortSignal): Promise<Read> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory() !== true) return { objects: await readFileObjects(path, label, signal), gaps: [] };
  const files = (await readdir(path)).toSorted().map((file) => join(path, file));
  const objects: KubernetesObject[] = [];
  const gaps: Gap[] = [];
  for (const file of await manifestsIn(files)) {
    try {
      objects.push(...(await readFileObjects(file, file, signal)));
    } catch (error) {
      signal.throwIfAborted();
      gaps.push({ address: file, state: 'unreadable', reason: asFault(error).message });
    }
  }
  return { objects, gaps };
}

async function readFileObjects(path: string, label: string, signal: AbortSignal): Promise<readonly KubernetesObject[]> {
  return readObjects(decodeText(await readBytes(path, label, signal), label), label);
}
