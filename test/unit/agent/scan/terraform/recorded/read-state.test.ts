import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#proto/domain/json.ts';
import { readShow } from '#agent/scan/terraform/recorded/read-show.ts';
import { readState } from '#agent/scan/terraform/recorded/read-state.ts';
import { unflatten } from '#agent/scan/terraform/recorded/flatmap.ts';

function v4(...resources: readonly JsonObject[]): JsonObject {
  return { version: 4, serial: 7, lineage: 'line', resources };
}

const provider = 'provider["registry.terraform.io/hashicorp/aws"]';

describe('version 4', () => {
  test('addresses tell a number from a text as key, and quote what HCL would take for a template', () => {
    const instances = [{ attributes: {} }, { index_key: 0, attributes: {} }, { index_key: '0', attributes: {} }, { index_key: 'a"${b}', attributes: {} }];
    const state = readState(v4({ mode: 'managed', type: 'aws_vpc', name: 'a', module: 'module.m["x"]', provider, instances }), 'x');

    expect(state.resources.map(({ address }) => address)).toEqual(['module.m["x"].aws_vpc.a', 'module.m["x"].aws_vpc.a[0]', 'module.m["x"].aws_vpc.a["0"]', 'module.m["x"].aws_vpc.a["a\\"$${b}"]']);
  });

  test('a deposed object stands beside the current one', () => {
    const instances = [{ attributes: { id: 'new' } }, { deposed: '0a1b2c3d', attributes: { id: 'old' } }];
    const state = readState(v4({ mode: 'managed', type: 'aws_vpc', name: 'a', provider, instances }), 'x');

    expect(state.resources.map(({ address, id }) => [address, id])).toEqual([['aws_vpc.a', 'new'], ['aws_vpc.a (deposed object 0a1b2c3d)', 'old']]);
  });

  test('data sources are kept apart', () => {
    const state = readState(v4({ mode: 'data', type: 'aws_ami', name: 'a', provider, instances: [{ attributes: {} }] }), 'x');

    expect(state.resources).toEqual([]);
    expect(state.data).toHaveLength(1);
  });

  test('sensitive paths are followed as far as they can be, and cover more rather than less', () => {
    const paths = [
      [{ type: 'get_attr', value: 'password' }],
      [{ type: 'get_attr', value: 'list' }, { type: 'index', value: { value: 2, type: 'number' } }, { type: 'get_attr', value: 'key' }],
      [{ type: 'get_attr', value: 'set' }, { type: 'index', value: { value: { a: 1 }, type: ['object', {}] } }, { type: 'get_attr', value: 'x' }],
    ];
    const state = readState(v4({ mode: 'managed', type: 'a', name: 'b', instances: [{ attributes: {}, sensitive_attributes: paths }] }), 'x');

    expect(state.resources[0]?.side.sensitive).toEqual([['password'], ['list', 2, 'key'], ['set']]);
  });

  test.each([
    [{ provider }, 'registry.terraform.io/hashicorp/aws'],
    [{ provider: `module.m.${provider}.east` }, 'registry.terraform.io/hashicorp/aws'],
    [{ provider: 'provider.aws' }, 'registry.terraform.io/-/aws'],
    [{ provider: 'module.m.provider.aws.east' }, 'registry.terraform.io/-/aws'],
    [{}, null],
  ])('the provider is read out of %j', (written, expected) => {
    const state = readState(v4({ mode: 'managed', type: 'a', name: 'b', ...written, instances: [{ attributes: {} }] }), 'x');

    expect(state.resources[0]?.provider).toBe(expected);
  });

  test('OpenTofu may name the provider on the instance', () => {
    const state = readState(v4({ mode: 'managed', type: 'a', name: 'b', instances: [{ attributes: {}, provider }] }), 'x');

    expect(state.resources[0]?.provider).toBe('registry.terraform.io/hashicorp/aws');
  });

  test('flat attributes are nested, and attributes of no fixed type are unwrapped', () => {
    const instances = [{ index_key: 0, attributes_flat: { id: 'i', 'tags.%': '1', 'tags.a.b': 'c', 'ports.#': '2', 'ports.0': '80', 'ports.1': '443' } }, { index_key: 1, attributes: { input: { value: { n: 1 }, type: ['object', { n: 'number' }] }, record: { type: 'A', value: 'x' } } }];
    const state = readState(v4({ mode: 'managed', type: 'a', name: 'b', instances }), 'x');

    expect(state.resources.map(({ side }) => side.values)).toEqual([{ id: 'i', tags: { 'a.b': 'c' }, ports: ['80', '443'] }, { input: { n: 1 }, record: { type: 'A', value: 'x' } }]);
  });

  test('private data of the provider is never read out', () => {
    const state = readState(v4({ mode: 'managed', type: 'a', name: 'b', instances: [{ attributes: {}, private: 'c2VjcmV0' }] }), 'x');

    expect(JSON.stringify(state)).not.toContain('c2VjcmV0');
  });

  test('an instance that cannot be understood, or an address held twice, is a gap beside what could be read', () => {
    const state = readState(v4({ mode: 'managed', type: 'a', name: 'b', instances: [{ attributes: {} }, { attributes: {} }, { attributes: 'x' }, 5] }), 'x');

    expect(state.resources).toHaveLength(1);
    expect(state.gaps.map(({ address, state: gap }) => [address, gap])).toEqual([['a.b', 'unreadable'], ['a.b (instance 2)', 'unreadable'], ['a.b (instance 3)', 'unreadable']]);
  });

  test.each([
    ['resources', { version: 4, resources: {} }],
    ['resources[0]', v4({ mode: 'other', type: 'a', name: 'b' })],
    ['serial', { version: 4, serial: 'x', resources: [] }],
    ['version', { version: '4', lineage: 'x' }],
  ])('a wrong %s makes the state unreadable', (where, content) => {
    expect(() => readState(content, 'x')).toThrow(`where: ${where}`);
  });
});

test.each([[0], [1], [2], [5]])('version %i is refused by name', (version) => {
  expect(() => readState({ version, serial: 1 }, 'x')).toThrow(`[state-version-unsupported]`);
});

test('version 3 has its addresses in the keys and its modules in a path', () => {
  const state = readState({ version: 3, modules: [{ path: ['root', 'a', 'b'], resources: {
    'aws_vpc.x': { type: 'aws_vpc', provider: 'provider.aws', primary: { id: 'vpc-1', attributes: { id: 'vpc-1' } }, deposed: [{ id: 'vpc-0' }] },
    'aws_vpc.y.3': { type: 'aws_vpc', primary: { id: 'vpc-3' } },
    'data.aws_ami.z': { type: 'aws_ami', primary: { id: 'ami' } },
    nonsense: {},
  } }] }, 'x');

  expect(state.resources.map(({ address }) => address)).toEqual(['module.a.module.b.aws_vpc.x', 'module.a.module.b.aws_vpc.x (deposed object 00000000)', 'module.a.module.b.aws_vpc.y[3]']);
  expect(state.data.map(({ address }) => address)).toEqual(['module.a.module.b.aws_ami.z']);
  expect(state.gaps).toEqual([{ address: 'module.a.module.b.nonsense', state: 'unreadable', reason: expect.any(String) }]);
});

describe('flat attributes', () => {
  test.each([
    ['an empty list and an empty map', { 'a.#': '0', 'b.%': '0' }, { a: [], b: {} }],
    ['set members in the order of their hashes', { 'a.#': '2', 'a.99.x': 'later', 'a.5.x': 'sooner' }, { a: [{ x: 'sooner' }, { x: 'later' }] }],
    ['a map counted like a list, as very old states do', { 'tags.#': '1', 'tags.Name': 'x' }, { tags: { Name: 'x' } }],
    ['lists in lists', { 'a.#': '1', 'a.0.b.#': '1', 'a.0.b.0.c': 'd' }, { a: [{ b: [{ c: 'd' }] }] }],
  ])('%s', (_, flat, nested) => {
    expect(unflatten(flat as unknown as JsonObject)).toEqual(nested);
  });

  test('keys as deep or as odd as anybody likes are survived', () => {
    const deep = Array.from({ length: 50_000 }, () => 'a').join('.');

    expect(() => JSON.stringify(unflatten({ [deep]: 'x', '__proto__.polluted': 'x', '': 'y' }))).not.toThrow();
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

test('a shown state is addressed by its parts, for terraform 0.12 leaves out module and key', () => {
  const state = readShow({ format_version: '0.1', values: { root_module: { child_modules: [{ address: 'module.m', resources: [{ address: 'aws_vpc.a', mode: 'managed', type: 'aws_vpc', name: 'a', index: 0, provider_name: 'aws', values: { id: 'v' }, sensitive_values: { id: true, tags: {} } }] }] } } }, 'x');

  expect(state.resources).toMatchObject([{ address: 'module.m.aws_vpc.a[0]', id: 'v', provider: 'registry.terraform.io/-/aws', side: { sensitive: [['id']] } }]);
});
