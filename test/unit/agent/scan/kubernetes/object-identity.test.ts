import { expect, test } from 'vitest';
import { readObjects } from '#agent/scan/kubernetes/documents.ts';
import { addressOf, identityOf, pairObjects } from '#agent/scan/kubernetes/object-identity.ts';

test.each([
  ['apps/v1', 'Deployment', 'shop', 'apps/Deployment/shop/web'],
  ['v1', 'Service', 'shop', 'Service/shop/web'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole', undefined, 'rbac.authorization.k8s.io/ClusterRole/web'],
])('%s %s is addressed by group, kind, namespace and name, not by version', (apiVersion, kind, namespace, address) => {
  expect(addressOf(identityOf(object(apiVersion, kind, namespace)))).toBe(address);
});

test('an object that moved to another version is the same object', () => {
  const pairs = pairObjects([object('apps/v1', 'Deployment', 'shop')], [object('apps/v1beta1', 'Deployment', 'shop')]);

  expect(pairs).toMatchObject([{ desired: { apiVersion: 'apps/v1' }, live: { apiVersion: 'apps/v1beta1' } }]);
});

test('a manifest without a namespace stands for the only live object of its kind and name', () => {
  const one = pairObjects([object('v1', 'Service')], [object('v1', 'Service', 'shop')]);
  const two = pairObjects([object('v1', 'Service')], [object('v1', 'Service', 'shop'), object('v1', 'Service', 'test')]);

  expect(one).toMatchObject([{ live: { metadata: { namespace: 'shop' } } }]);
  expect(two[0]).toMatchObject({ live: null });
});

test('a manifest with a namespace is never paired with an object in another', () => {
  const pairs = pairObjects([object('v1', 'Service', 'shop')], [object('v1', 'Service', 'test')]);

  expect(pairs).toMatchObject([{ live: null }, { desired: null }]);
});

function object(apiVersion: string, kind: string, namespace?: string) {
  const [read] = readObjects(JSON.stringify({ apiVersion, kind, metadata: { name: 'web', namespace } }), 'o.json');
  if (read === undefined) throw new Error('no object');
  return read;
}

test('of several manifests for one object the last counts, as with kubectl, and none is called missing', () => {
  const [first, second] = [object('v1', 'Service', 'shop'), { ...object('v1', 'Service', 'shop'), spec: { last: true } }];
  const live = object('v1', 'Service', 'shop');

  expect(pairObjects([first, second], [live])).toEqual([{ desired: second, live }]);
});
