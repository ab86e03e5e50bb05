import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeFolder } from '#test/harness/folder.ts';
import { kubeAssets, type KubeApiServer, startKubeApiServer } from '#test/harness/kube-apiserver.ts';
import { scanKubernetes } from '#test/harness/kubernetes-scan.ts';
import { onPath } from '#test/harness/terraform-program.ts';

const { folder: assets, reason } = kubeAssets();
const program = onPath('kubectl');
const missing = assets === null ? reason : program === undefined ? ' [not run: no kubectl on PATH]' : '';

const manifests = `
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: main
        image: registry.example/web:1
        ports: [{containerPort: 8080}, {containerPort: 8080, protocol: UDP}]
        resources: {limits: {cpu: 1000m, memory: 1024Mi}}
        env: [{name: MODE, value: prod}, {name: LEVEL, value: info}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: free, namespace: shop}
spec:
  selector: {matchLabels: {app: free}}
  template:
    metadata: {labels: {app: free}}
    spec: {containers: [{name: main, image: "registry.example/free:1"}]}
---
apiVersion: v1
kind: Secret
metadata: {name: keys, namespace: shop}
stringData: {password: never-in-a-report}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {level: info, colour: blue}
`;

describe.skipIf(missing !== '')(`what kubectl applied and people changed with it${missing}`, () => {
  let server: KubeApiServer;

  beforeAll(async () => {
    server = await startKubeApiServer(assets ?? '');
  });
  afterAll(() => server?.stop());

  test.for(['client', 'server'] as const)('each change is found with the tool that made it, after an apply on the %s side', async (side) => {
    const file = join(await makeFolder({ 'all.yaml': manifests }), 'all.yaml');
    const scan = () => scanKubernetes(file, { against: { side: 'live' }, env: { KUBECONFIG: server.kubeconfig } });
    await kubectl('-n', 'shop', 'delete', 'deployment,secret,configmap', '--all');
    await vi.waitFor(() => kubectl('apply', ...(side === 'server' ? ['--server-side', '--force-conflicts'] : []), '-f', file), { timeout: 10_000 });
    const untouched = await scan();

    await kubectl('-n', 'shop', 'set', 'image', 'deployment/web', 'main=registry.example/web:hotfix');
    await kubectl('-n', 'shop', 'set', 'env', 'deployment/web', 'MODE-', 'DEBUG=1');
    await kubectl('-n', 'shop', 'scale', 'deployment/web', '--replicas=5');
    await kubectl('-n', 'shop', 'scale', 'deployment/free', '--replicas=4');
    await kubectl('-n', 'shop', 'label', 'deployment/web', 'owner=ada');
    await kubectl('-n', 'shop', 'patch', 'configmap/settings', '-p', '{"data":{"colour":null,"level":"debug"}}');
    const touched = await scan();

    expect(untouched).toMatchObject({ real: [], noise: [], gaps: [] });
    expect(touched.real).toEqual([
      'ConfigMap/shop/settings data.colour remove by nobody',
      'ConfigMap/shop/settings data.level update by kubectl-patch',
      // a client-side apply owns the default that it was given, so that scaling it leaves an owner; a server-side one does not
      ...(side === 'client' ? ['apps/Deployment/shop/free spec.replicas add by kubectl'] : []),
      'apps/Deployment/shop/web metadata.labels.owner add by kubectl-label',
      'apps/Deployment/shop/web spec.replicas update by kubectl',
      'apps/Deployment/shop/web spec.template.spec.containers[0].env[0] remove by nobody',
      'apps/Deployment/shop/web spec.template.spec.containers[0].env[1] add by kubectl-set',
      'apps/Deployment/shop/web spec.template.spec.containers[0].image update by kubectl-set',
    ]);
    expect([touched.noise, touched.gaps]).toEqual([[], []]);
  });

  async function kubectl(...args: readonly string[]): Promise<void> {
    await execa(program ?? '', [...args, '--kubeconfig', server.kubeconfig], { stdin: 'ignore' });
  }
});
