import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readObjects } from '#agent/scan/kubernetes/documents.ts';
import { createManagerKinds } from '#agent/scan/kubernetes/managers.ts';
import { toSighting } from '#agent/scan/kubernetes/sighting.ts';
import { corpus, tableRows } from '#test/harness/corpus.ts';
import { compareAll, scanKubernetes } from '#test/harness/kubernetes-scan.ts';

const pairs = corpus('iac/kubernetes/diff-pairs');
const rows = pairs.isThere ? tableRows(join(pairs.path, 'EXPECTED.tsv')) : [];

/** Rows whose expectation the table leaves to a test of ignore settings; what is right without such settings. */
const decided = new Map([
  // A controller writes the certificate authority of its own webhook; the manifest holds a placeholder for it.
  ['argo-cd__desired_validating_webhook.yaml', false],
  // Replicas and an annotation differ, and nothing in the input says that somebody else may set them.
  ['argo-cd__target-deployment.yaml', true],
]);

const service = 'Service/default/multiple-protocol-port-svc';
const container = 'apps/Deployment/default/nested-test-deployment spec.template.spec.containers[0]';

/** What the differences must come to, beyond that there are some. */
const details = new Map<string, readonly string[]>([
  ['gitops-engine__smd-service-config.yaml gitops-engine__smd-service-live.yaml', [`${service} spec.ports[1].targetPort update by argocd-controller`]],
  ['gitops-engine__smd-service-config-2-ports.yaml gitops-engine__smd-service-live.yaml', [`${service} spec.ports[2] add by argocd-controller`]],
  ['gitops-engine__smd-service-config.yaml gitops-engine__smd-service-live-with-type.yaml', [`${service} spec.ports[1].targetPort update by argocd-controller`, `${service} spec.type add by argocd-controller`]],
  ['gitops-engine__smd-service-config-ports.yaml gitops-engine__smd-service-live.yaml', [`${service} spec.ports[2] remove by nobody`, `${service} spec.ports[4] remove by nobody`]],
  ['gitops-engine__ssd-service-config.yaml gitops-engine__ssd-service-live.yaml', ['Service/httpbin/httpbin-svc metadata.labels["app.kubernetes.io/instance"] add by argocd-controller']],
  ['gitops-engine__ssd-deploy-nested-config.yaml gitops-engine__ssd-deploy-nested-live.yaml', [`${container}.env[1] remove by nobody`, `${container}.ports[1] remove by nobody`]],
  ['gitops-engine__ssd-configmap-config.yaml gitops-engine__ssd-configmap-live.yaml', ['ConfigMap/default/test-configmap data.key3 add by argocd-controller']],
]);

describe.skipIf(!pairs.isThere)(`pairs of desired and live objects${pairs.reason}`, () => {
  test('every row is here', () => {
    expect(rows).toHaveLength(14);
  });

  test.for(rows)('$desired with $live: $algorithm', async ({ desired = '', live = '', dry_run_answer: answer = '', algorithm = '', modified = '' }) => {
    const expected = decided.get(desired) ?? modified.startsWith('true');
    const off = algorithm.includes('ignoreAggregatedRoles=false') ? ['kubernetes-aggregated-rules'] : [];

    const { real, checked } = answer === '' ? await scanKubernetes(join(pairs.path, live), { against: { side: 'file', path: join(pairs.path, desired) }, off }) : compareAll([withAnswer(desired, live, answer)]);

    expect(checked).toHaveLength(1);
    expect([real.length > 0, real]).toEqual([expected, details.get(`${desired} ${live}`) ?? real]);
  });
});

/** A recorded answer of the API in the place of one that is asked for. */
function withAnswer(desired: string, live: string, predicted: string) {
  return toSighting({ desired: objectIn(desired), live: objectIn(live), predicted: objectIn(predicted) }, createManagerKinds());
}

function objectIn(name: string) {
  const [object, ...more] = readObjects(readFileSync(join(pairs.path, name), 'utf8'), name);
  if (object === undefined || more.length > 0) throw new Error(`${name} is not one object`);
  return object;
}
