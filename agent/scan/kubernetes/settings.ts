import { z } from 'zod';
import { isSelector } from './label-selector.ts';

const Names = z.array(z.string().min(1).max(200)).default([]);

/** Where objects that no manifest names are looked for. Without it none is: a cluster is full of what others made. */
export const Watched = z.strictObject({
  /** Globs; left out, those of the manifests. */
  namespaces: z.array(z.string().min(1).max(253)).min(1).optional(),
  /** As `kubectl get -l` takes it: `app=web,tier in (front, back),!legacy`. */
  labels: z.string().max(1_000).refine(isSelector, 'expected a label selector, such as app=web,tier in (front, back),!legacy').optional(),
  /** `ConfigMap`, `apps/Deployment`, `apps/v1/Deployment`; left out, the kinds of the manifests. */
  kinds: z.array(z.string().regex(/^[\w.-]+(?:\/[\w.-]+){0,2}$/, 'expected Kind, group/Kind or group/version/Kind')).min(1).optional(),
}).refine(({ namespaces, labels }) => namespaces !== undefined || labels !== undefined, 'name namespaces, labels or both');
export type Watched = z.infer<typeof Watched>;

/** What dd0c.yaml says of Kubernetes. */
export const KubernetesSettings = z.strictObject({
  /** Of the kubeconfig; KUBE_CONTEXT and --context come first. */
  context: z.string().min(1).optional(),
  /** Who writes to objects, by the name of the field manager (`*` is any text), beside those that are known. */
  managers: z.strictObject({ controllers: Names, appliers: Names, people: Names }).prefault({}),
  unmanaged: z.array(Watched).default([]),
});
export type KubernetesSettings = z.infer<typeof KubernetesSettings>;

/** What holds where dd0c.yaml says nothing. */
export const defaultSettings: KubernetesSettings = KubernetesSettings.parse({});
