import { expect, test } from 'vitest';
import { readObjects } from '#agent/scan/kubernetes/documents.ts';
import { createManagerKinds } from '#agent/scan/kubernetes/managers.ts';
import { toSighting } from '#agent/scan/kubernetes/sighting.ts';
import type { Json, JsonObject } from '#proto/domain/json.ts';

const kindOf = createManagerKinds();

test('what the manifest is silent about and nobody set by hand is left out', () => {
  const { live } = see({ spec: { replicas: 2 } }, { spec: { replicas: 2, revisionHistoryLimit: 10 }, status: { readyReplicas: 2 } });

  expect(live).toEqual({ spec: { replicas: 2 } });
});

test('a field that a person added where the manifest is silent is seen, with the person named', () => {
  const { live, owners } = see(
    { spec: { containers: [{ name: 'web', image: 'web:1' }] } },
    { spec: { containers: [{ name: 'side', image: 's' }, { name: 'web', image: 'web:1', securityContext: { privileged: true } }] } },
    [entry('kubectl-patch', { 'f:spec': { 'f:containers': { 'k:{"name":"web"}': { 'f:securityContext': { 'f:privileged': {} } } } } })],
  );

  expect(live).toEqual({ spec: { containers: [{ name: 'web', image: 'web:1', securityContext: { privileged: true } }] } });
  expect(owners).toEqual([{ path: ['spec', 'containers', 0, 'securityContext', 'privileged'], who: 'kubectl-patch', when: '2026-01-02T03:04:05Z', how: 'Update', kind: 'person' }]);
});

test('a list that nobody shares is what the manifest says: whatever stands there beside is seen, also where no owner is known', () => {
  const subjects = [{ kind: 'User', name: 'ann' }, { kind: 'Group', name: 'system:authenticated' }];
  const { live } = see({ subjects: subjects.slice(0, 1) }, { subjects });
  const { live: shared } = see({ spec: { containers: [{ name: 'web' }] } }, { spec: { containers: [{ name: 'web' }, { name: 'injected' }] } });

  expect(live).toEqual({ subjects });
  expect(shared).toEqual({ spec: { containers: [{ name: 'web' }] } });
});

test('one more label in a selector is seen, whether or not an owner is known', () => {
  const selector = { app: 'web', version: '2' };
  const { live, owners } = see({ spec: { selector: { app: 'web' } } }, { spec: { selector, type: 'ClusterIP' } }, [entry('kubectl-edit', { 'f:spec': { 'f:selector': {} } })]);
  const { live: unowned } = see({ spec: { selector: { app: 'web' } } }, { spec: { selector } });

  expect([live, unowned]).toEqual([{ spec: { selector } }, { spec: { selector } }]);
  expect(owners).toMatchObject([{ path: ['spec', 'selector'], who: 'kubectl-edit' }]);
});

test('a map that somebody wrote as a whole is seen as a whole', () => {
  const written = { spec: { nodeSelector: { disk: 'ssd', zone: 'a' } } };
  const { live } = see({ spec: { nodeSelector: { disk: 'ssd' } } }, written, [entry('kubectl-patch', { 'f:spec': { 'f:nodeSelector': {} } })]);

  expect(live).toEqual(written);
});

test('a field that a person added to an element of a list that is one value is seen, and a default in one that was applied is not', () => {
  const wanted = { spec: { rules: [{ a: '1' }, { a: '2' }] } };
  const rules = [{ a: '1' }, { a: '2', b: 'x' }];
  const owned = { 'f:spec': { 'f:rules': {} } };

  expect(see(wanted, { spec: { rules } }, [entry('kubectl-edit', owned)]).live).toEqual({ spec: { rules } });
  expect(see(wanted, { spec: { rules } }, [{ ...entry('deployer', owned), operation: 'Apply' }]).live).toEqual(wanted);
});

test('elements without a key are taken for those that they fulfil, whatever their order', () => {
  const { live } = see({ spec: { from: [{ pods: { a: 'b' } }, { spaces: {} }] } }, { spec: { from: [{ spaces: {} }, { pods: { a: 'b' }, defaulted: 1 }] } });

  expect(live).toEqual({ spec: { from: [{ spaces: {} }, { pods: { a: 'b' } }] } });
});

test('what admission gives to every pod is no toleration of its own; another one is', () => {
  const given = ['not-ready', 'unreachable'].map((what) => ({ key: `node.kubernetes.io/${what}`, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }));
  const own = { key: 'a', operator: 'Exists' };
  const { live } = see({ kind: 'Pod', spec: { tolerations: [own] } }, { kind: 'Pod', spec: { tolerations: [own, ...given, { key: 'b', operator: 'Exists' }] } });

  expect(live).toEqual({ spec: { tolerations: [own, { key: 'b', operator: 'Exists' }] } });
});

test('a container that a person added is seen whole enough to be named, and so is one that a controller injected', () => {
  const containers = [{ name: 'web' }, { name: 'debug', image: 'd' }, { name: 'istio-proxy', image: 'i' }];
  const { live } = see({ spec: { containers: [{ name: 'web' }] } }, { spec: { containers } }, [
    entry('Lens', { 'f:spec': { 'f:containers': { 'k:{"name":"debug"}': { '.': {}, 'f:image': {}, 'f:name': {} } } } }),
    entry('istio-sidecar-webhook', { 'f:spec': { 'f:containers': { 'k:{"name":"istio-proxy"}': { '.': {}, 'f:image': {} } } } }),
  ]);

  expect(live).toEqual({ spec: { containers } });
});

test('a field that the cluster changed is told with its controller', () => {
  const { live, owners } = see({ spec: { replicas: 2 } }, { spec: { replicas: 5 } }, [
    { ...entry('kube-controller-manager', { 'f:spec': { 'f:replicas': {} } }), subresource: 'scale' },
  ]);

  expect(live).toEqual({ spec: { replicas: 5 } });
  expect(owners).toMatchObject([{ who: 'kube-controller-manager', how: 'Update of scale', kind: 'controller' }]);
});

test('a field that was applied once and is gone from the manifest is seen', () => {
  const applied = JSON.stringify({ apiVersion: 'v1', kind: 'Thing', metadata: { name: 'x' }, spec: { type: 'NodePort' } });
  const byAnnotation = see({ spec: {} }, { metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': applied } }, spec: { type: 'NodePort', other: 1 } });
  const byOwner = see({ spec: {} }, { spec: { type: 'NodePort', other: 1 } }, [{ ...entry('argocd-controller', { 'f:spec': { 'f:type': {} } }), operation: 'Apply' }]);

  expect(byAnnotation.live).toEqual({ spec: { type: 'NodePort' } });
  expect(byOwner.live).toEqual({ spec: { type: 'NodePort' } });
});

test("a Secret's stringData stands in its data, wins there, and both sides are sensitive", () => {
  const { code, sensitive } = see({ kind: 'Secret', stringData: { a: 'x' }, data: { a: 'b2xk', b: 'Yg==' } }, { kind: 'Secret', data: { a: 'eA==', b: 'Yg==' }, type: 'Opaque' });

  expect(code).toEqual({ type: 'Opaque', data: { a: 'eA==', b: 'Yg==' } });
  expect(sensitive).toContainEqual(['data']);
});

test('an object that is not in the cluster has a live side that is null', () => {
  const [desired] = objects({ spec: {} });
  if (desired === undefined) throw new Error('no object');

  expect(toSighting({ desired, live: null }, kindOf).sides.live).toBeNull();
});

test('what a person added to a set is seen, although applying the manifest would leave it there', () => {
  const [desired] = objects({ spec: { tags: ['b', 'a'] } });
  const fieldsV1 = { 'f:spec': { 'f:tags': { 'v:"c"': {} } } };
  const [byPerson, byController] = ['kubectl-edit', 'some-operator'].map((manager) => objects({ spec: { tags: ['b', 'a', 'c'] }, metadata: { managedFields: [entry(manager, fieldsV1)] } })[0]);
  if (desired === undefined || byPerson === undefined || byController === undefined) throw new Error('no object');

  expect(toSighting({ desired, live: byPerson, predicted: byPerson }, kindOf).sides).toMatchObject({ code: { values: { spec: { tags: ['b', 'a'] } } }, live: { values: { spec: { tags: ['b', 'a', 'c'] } } } });
  expect(toSighting({ desired, live: byController, predicted: byController }, kindOf).sides).toMatchObject({ code: { values: { spec: { tags: ['b', 'a', 'c'] } } } });
});

test('what a person added to a list whose keys are not known is seen, although applying the manifest would leave it there', () => {
  const listeners = [{ host: 'a', port: 80 }, { host: 'a', port: 443 }, { host: 'b', port: 80 }];
  const live = [...listeners.map((one) => ({ ...one, tls: true })), { host: 'c', port: 80, tls: true }];
  const fieldsV1 = { 'f:spec': { 'f:listeners': { 'k:{"host":"c","port":80}': { '.': {}, 'f:host': {}, 'f:port': {} } } } };

  const { code, live: seen } = applied({ spec: { listeners } }, { spec: { listeners: live } }, { spec: { listeners: live } }, [entry('Lens', fieldsV1)]);

  expect([code, seen]).toEqual([{ spec: { listeners } }, { spec: { listeners: [...listeners, live[3]] } }]);
});

test('a list that a person wrote as one value is compared with all that applying the manifest makes of it, its defaults too', () => {
  const owned = { 'f:spec': { 'f:limits': {} } };
  const { code, live } = applied({ spec: { limits: [{ max: '2', default: '1' }] } }, { spec: { limits: [{ default: '1', request: '1' }] } }, { spec: { limits: [{ max: '2', default: '1', request: '1' }] } }, [entry('kubectl-patch', owned)]);

  expect([code, live]).toEqual([{ spec: { limits: [{ max: '2', default: '1', request: '1' }] } }, { spec: { limits: [{ default: '1', request: '1' }] } }]);
});

test('an account has one name, though the API writes it twice', () => {
  const containers = [{ name: 'web' }];
  const { code, live } = see({ spec: { serviceAccount: 'web', containers } }, { spec: { serviceAccount: 'web', serviceAccountName: 'web', containers } });

  expect([code, live]).toEqual([{ spec: { serviceAccountName: 'web', containers } }, { spec: { serviceAccountName: 'web', containers } }]);
});

test('the taints of a node that tell what is wrong with it are nobody’s wish', () => {
  const own = { key: 'dedicated', value: 'db', effect: 'NoSchedule' };
  const { live } = see({ kind: 'Node', spec: { taints: [own] } }, { kind: 'Node', spec: { taints: [own, { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }, { key: 'hot', effect: 'NoExecute' }] } });

  expect(live).toEqual({ spec: { taints: [own, { key: 'hot', effect: 'NoExecute' }] } });
});

test('of an object that tells no owners what opens the node is seen all the same, and nothing else', () => {
  const containers = [{ name: 'web', securityContext: { privileged: true, runAsGroup: 7, capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } }, stdin: true }];
  const wanted = { spec: { containers: [{ name: 'web' }] } };
  const written = { spec: { hostPID: true, hostNetwork: false, containers } };

  expect(see(wanted, written).live).toEqual({ spec: { hostPID: true, containers: [{ name: 'web', securityContext: { privileged: true, capabilities: { add: ['SYS_ADMIN'] } } }] } });
  expect(see(wanted, written, [entry('argocd-controller', { 'f:spec': {} })]).live).toEqual(wanted); // who owns what is known, and nobody owns this
});

test('an object that somebody created anew tells who, and not that its manifest was never applied', () => {
  const { owners } = see({ roleRef: { name: 'view' } }, { roleRef: { name: 'cluster-admin' } }, [entry('kubectl-create', { 'f:roleRef': {} })]);

  expect(owners).toMatchObject([{ path: ['roleRef'], who: 'kubectl-create', kind: 'anyone' }]);
});

test('what was there before the API kept owners is not put down to a person', () => {
  const { live } = see({ metadata: {} }, { metadata: { labels: { a: 'b', 'kubernetes.io/metadata.name': 'x' } } }, [entry('before-first-apply', { 'f:metadata': { 'f:labels': { 'f:a': {} } } })]);

  expect(live).toEqual({});

  const secrets = [{ name: 'by-hand' }];
  const { owners } = see({}, { secrets }, [entry('before-first-apply', { 'f:secrets': {} }), entry('kubectl-edit', { 'f:secrets': { 'k:{"name":"by-hand"}': {} } })]);

  expect(owners).toMatchObject([{ path: ['secrets', 0], who: 'kubectl-edit' }]);
});

function applied(desired: JsonObject, live: JsonObject, predicted: JsonObject, managedFields: Json[]) {
  const [[wanted], [seen], [answer]] = [objects(desired), objects({ ...live, metadata: { managedFields } }), objects(predicted)];
  if (wanted === undefined || seen === undefined || answer === undefined) throw new Error('no object');
  const { sides } = toSighting({ desired: wanted, live: seen, predicted: answer }, kindOf);
  return { code: sides.code?.values, live: sides.live?.values };
}

function see(desired: JsonObject, live: JsonObject, managedFields: Json[] = []) {
  const [wanted] = objects(desired);
  const [seen] = objects({ ...live, metadata: { ...(live['metadata'] as JsonObject | undefined), managedFields } });
  if (wanted === undefined || seen === undefined) throw new Error('no object');
  const { sides, owners } = toSighting({ desired: wanted, live: seen }, kindOf);
  return { code: sides.code?.values, live: sides.live?.values, sensitive: sides.live?.sensitive, owners };
}

function objects(fields: JsonObject) {
  return readObjects(JSON.stringify({ apiVersion: 'v1', kind: 'Thing', ...fields, metadata: { name: 'x', ...(fields['metadata'] as JsonObject | undefined) } }), 'o.json');
}

function entry(manager: string, fieldsV1: JsonObject): JsonObject {
  return { manager, operation: 'Update', time: '2026-01-02T03:04:05Z', fieldsType: 'FieldsV1', fieldsV1 };
}
