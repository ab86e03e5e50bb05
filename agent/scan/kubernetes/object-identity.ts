import type { KubernetesObject } from './documents.ts';

/** What stays the same of an object when its API moves to another version: group, kind, namespace, name. */
export interface ObjectIdentity {
  /** Empty for the core group. */
  readonly group: string;
  readonly kind: string;
  /** Empty where the object has none, or leaves it to whoever applies it. */
  readonly namespace: string;
  readonly name: string;
}

export function identityOf({ apiVersion, kind, metadata }: KubernetesObject): ObjectIdentity {
  const slash = apiVersion.indexOf('/');
  return {
    group: slash === -1 ? '' : apiVersion.slice(0, slash),
    kind,
    namespace: metadata.namespace ?? '',
    name: metadata.name ?? `${metadata.generateName ?? ''}*`,
  };
}

/** `apps/Deployment/shop/web`, `Service/shop/web`, `rbac.authorization.k8s.io/ClusterRole/reader`. */
export function addressOf({ group, kind, namespace, name }: ObjectIdentity): string {
  return [group, kind, namespace, name].filter((part) => part !== '').join('/');
}

/** `kubernetes:apps/v1/Deployment`: the type by which rules know it. */
export function typeOf({ apiVersion, kind }: KubernetesObject): string {
  return `kubernetes:${apiVersion}/${kind}`;
}

/** Why an object cannot be compared that the API names anew each time; null for every other. */
export function unnamedReason({ metadata }: KubernetesObject): string | null {
  return metadata.name === undefined ? 'it has a generateName only, so that it is another object each time' : null;
}

/** A live object and the desired one that it stands for; one of them may be missing. */
export interface ObjectPair {
  readonly desired: KubernetesObject | null;
  readonly live: KubernetesObject | null;
}

/**
 * Pairs what is desired with what is live. A manifest without a namespace means the one that it is applied to, and an
 * object may have moved to another API group (`extensions` to `apps`): where the full identity finds nothing, the only
 * live object of that kind and name does.
 */
export function pairObjects(manifests: readonly KubernetesObject[], dump: readonly KubernetesObject[]): readonly ObjectPair[] {
  const [desired, live] = [lastOfEach(manifests), lastOfEach(dump)];
  const exact = new Map(live.map((object) => [keyOf(object), object]));
  const loose = Map.groupBy(live, looseKeyOf);
  const taken = new Set<KubernetesObject>();
  const pairs = desired.map((wanted): ObjectPair => {
    const found = exact.get(keyOf(wanted)) ?? only(loose.get(looseKeyOf(wanted))?.filter((object) => mayStandFor(object, wanted)));
    if (found === undefined || taken.has(found)) return { desired: wanted, live: null };
    taken.add(found);
    return { desired: wanted, live: found };
  });
  return [...pairs, ...live.filter((object) => !taken.has(object)).map((object) => ({ desired: null, live: object }))];
}

/** Of several manifests for one object the last to be applied counts, and of several looks at one the last. */
export function lastOfEach(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return [...new Map(objects.map((object, index) => [object.metadata.name === undefined ? index : keyOf(object), object])).values()];
}

function mayStandFor(live: KubernetesObject, wanted: KubernetesObject): boolean {
  const namespace = wanted.metadata.namespace ?? '';
  return namespace === '' || namespace === live.metadata.namespace || (live.metadata.namespace ?? '') === ''; // a kind outside of namespaces ignores one
}

function only<T>(items: readonly T[] | undefined): T | undefined {
  return items?.length === 1 ? items[0] : undefined;
}

function keyOf(object: KubernetesObject): string {
  return addressOf(identityOf(object));
}

function looseKeyOf(object: KubernetesObject): string {
  const { kind, name } = identityOf(object);
  return `${kind}/${name}`;
}
