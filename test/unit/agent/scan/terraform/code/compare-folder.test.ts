import { describe, expect, test } from 'vitest';
import { makeFolder } from '#test/harness/folder.ts';
import { codeOf, scanOne, scanTerraform, stateOf } from '#test/harness/terraform.ts';

describe('what the code asks for', () => {
  test('follows variables, the stronger over the weaker', async () => {
    const folder = await makeFolder({
      'main.tf': `
        variable "a" { default = "default" }
        variable "b" { default = "default" }
        variable "c" { default = "default" }
        variable "d" { default = "default" }
        variable "n" {
          type    = number
          default = 1
        }
        variable "l" { type = list(string) }
        resource "test" "x" {
          values = [var.a, var.b, var.c, var.d, var.n]
          list   = var.l
        }`,
      'terraform.tfvars': 'b = "tfvars"\nc = "tfvars"\nd = "tfvars"\n',
      'terraform.tfvars.json': '{"c":"tfvars.json ${kept}","d":"x"}',
      'z.auto.tfvars': 'd = "auto"\n',
      'terraform.tfstate': stateOf({ 'test.x': {} }),
    });

    const scanned = await scanOne(folder, { env: { TF_VAR_a: 'environment', TF_VAR_b: 'environment', TF_VAR_n: '7', TF_VAR_l: '["p", "q"]' } });

    expect(codeOf(scanned)).toEqual({ 'test.x': { values: ['environment', 'tfvars', 'tfvars.json ${kept}', 'auto', 7], list: ['p', 'q'] } });
  });

  test('goes through local modules with their inputs, outputs and instances', async () => {
    const folder = await makeFolder({
      'main.tf': `
        module "net" {
          source   = "./modules/net"
          for_each = { east = "10.0.0.0/16", west = "10.1.0.0/16" }
          cidr     = each.value
        }
        resource "test" "x" { subnets = module.net["west"].subnets }`,
      'modules/net/main.tf': `
        variable "cidr" {}
        resource "subnet" "s" {
          count = 2
          cidr  = cidrsubnet(var.cidr, 8, count.index)
          at    = path.module
        }
        output "subnets" { value = subnet.s[*].cidr }`,
      'terraform.tfstate': stateOf({ 'test.x': {} }),
    });

    const scanned = await scanOne(folder);

    expect(codeOf(scanned)).toEqual({
      'test.x': { subnets: ['10.1.0.0/24', '10.1.1.0/24'] },
      'module.net["east"].subnet.s[0]': { cidr: '10.0.0.0/24', at: 'modules/net' },
      'module.net["east"].subnet.s[1]': { cidr: '10.0.1.0/24', at: 'modules/net' },
      'module.net["west"].subnet.s[0]': { cidr: '10.1.0.0/24', at: 'modules/net' },
      'module.net["west"].subnet.s[1]': { cidr: '10.1.1.0/24', at: 'modules/net' },
    });
  });

  test('takes what only the provider knows from the state, as secret as it is there', async () => {
    const folder = await makeFolder({
      'main.tf': `
        data "zone" "z" {}
        resource "vpc" "v" { name = "new" }
        resource "test" "x" {
          vpc      = vpc.v.id
          name     = vpc.v.name
          zone     = data.zone.z.id
          password = vpc.v.password
          missing  = vpc.v.nowhere
        }`,
      'terraform.tfstate': JSON.stringify({
        version: 4,
        lineage: 'x',
        serial: 1,
        resources: [
          { mode: 'managed', type: 'vpc', name: 'v', instances: [{ attributes: { id: 'vpc-1', name: 'old', password: 'p' }, sensitive_attributes: [[{ type: 'get_attr', value: 'password' }]] }] },
          { mode: 'data', type: 'zone', name: 'z', instances: [{ attributes: { id: 'zone-1' } }] },
          { mode: 'managed', type: 'test', name: 'x', instances: [{ attributes: {} }] },
        ],
      }),
    });

    const scanned = await scanOne(folder);
    const side = scanned.sightings.find(({ address }) => address === 'test.x')?.sides.code;

    expect(side).toEqual({ values: { vpc: 'vpc-1', name: 'new', zone: 'zone-1', password: 'p', missing: null }, sensitive: [['password']], unknown: [['missing']], partial: true });
  });

  test('has override files laid over it, block by block', async () => {
    const folder = await makeFolder({
      'main.tf': `
        resource "test" "x" {
          kept    = 1
          changed = 1
          rule { n = 1 }
          rule { n = 2 }
          other { n = 1 }
          lifecycle { ignore_changes = [kept] }
        }`,
      'override.tf': 'resource "test" "x" {\n  changed = 2\n  lifecycle {\n    create_before_destroy = true\n  }\n}\n',
      'z_override.tf.json': '{"resource":{"test":{"x":{"added":3,"dynamic":{"rule":{"for_each":[9],"content":{"n":"${rule.value}"}}}}}}}',
      'terraform.tfstate': stateOf({ 'test.x': {} }),
    });

    const scanned = await scanOne(folder);

    expect(codeOf(scanned)).toEqual({ 'test.x': { kept: 1, changed: 2, added: 3, rule: [{ n: 9 }], other: [{ n: 1 }] } });
    expect(scanned.sightings[0]?.ignored).toEqual([['kept']]);
  });

  test.each([
    ['a resource that is not there', { 'override.tf': 'resource "test" "y" {\n  n = 1\n}\n' }],
    ['a local that is not there', { 'x_override.tf': 'locals {\n  l = 1\n}\n' }],
    ['an alias of a provider that is not there', { 'override.tf': 'provider "test" {\n  alias = "b"\n}\n' }],
  ])('cannot be overridden where there is nothing to override: %s', async (_, files) => {
    const folder = await makeFolder({ 'main.tf': 'resource "test" "x" {\n  n = 1\n}\n', ...files });

    await expect(scanOne(folder)).rejects.toMatchObject({ code: 'code-unreadable', facts: { file: Object.keys(files)[0] } });
  });

  test('is not repeated for what must not be repeated for', async () => {
    const folder = await makeFolder({
      'main.tf': `
        resource "test" "secret" {
          for_each = sensitive(toset(["a"]))
        }
        resource "test" "numbers" {
          for_each = toset([1, 2])
        }
        resource "test" "nulls" {
          for_each = { for k, v in { a = 1, b = null } : k => v if v != null }
          n        = each.value
        }`,
      'terraform.tfstate': stateOf({ 'test.secret["a"]': {}, 'test.numbers["1"]': {}, 'test.nulls["a"]': {} }),
    });

    const scanned = await scanOne(folder);

    expect(codeOf(scanned)).toEqual({ 'test.nulls["a"]': { n: 1 } });
    expect(scanned.gaps.map(({ address, reason }) => [address, reason])).toEqual([
      ['test.secret["a"]', 'for_each must not be over something sensitive'],
      ['test.numbers["1"]', 'for_each is over a set of something else than texts'],
    ]);
  });

  test('may stand in the JSON syntax, where texts are templates', async () => {
    const folder = await makeFolder({
      'main.tf.json': JSON.stringify({ '//': 'a comment', variable: { n: { type: 'number', default: 2 }, t: { default: 'no ${template}' } }, locals: { l: '${var.n + 1}' }, resource: { test: { x: { count: 1, value: '${local.l}', kept: '${var.t}', text: 'n is ${var.n}', plain: 'a\\n$${b}' } } } }),
      'terraform.tfstate': stateOf({ 'test.x[0]': {} }),
    });

    expect(codeOf(await scanOne(folder))).toEqual({ 'test.x[0]': { value: 3, kept: 'no ${template}', text: 'n is 2', plain: 'a\\n${b}' } });
  });

  test('reads files of its own folder, and none outside of it', async () => {
    const folder = await makeFolder({
      'stack/main.tf': `
        resource "test" "x" {
          inside   = file("\${path.module}/a.txt")
          template = templatefile("t.tpl", { names = ["a", "b"] })
          outside  = file("../secret.txt")
          absolute = file("/etc/passwd")
          hash     = filesha256("a.txt")
          set      = fileset(path.module, "*.t*")
        }`,
      'stack/a.txt': 'content',
      'stack/t.tpl': '%{ for n in names ~}\n${n};\n%{ endfor ~}\n',
      'secret.txt': 'secret',
      'stack/terraform.tfstate': stateOf({ 'test.x': {} }),
    });

    const scanned = await scanOne(`${folder}/stack`);
    const side = scanned.sightings[0]?.sides.code;

    expect(side?.values).toEqual({ inside: 'content', template: 'a;\nb;\n', outside: null, absolute: null, hash: expect.stringMatching(/^ed7002b4/), set: ['a.txt', 'main.tf', 't.tpl', 'terraform.tfstate'] });
    expect(side?.unknown).toEqual([['outside'], ['absolute']]);
  });
});

describe('the code’s side has the shape of the state', () => {
  async function side(code: string, recorded: object): Promise<unknown> {
    const folder = await makeFolder({ 'main.tf': `resource "test" "x" {\n${code}\n}\n`, 'terraform.tfstate': stateOf({ 'test.x': recorded }) });
    return codeOf(await scanOne(folder))['test.x'];
  }

  test.each([
    ['a block that the state keeps as an object', 'b {\n  n = 1\n}', { b: { n: 1, m: 2 } }, { b: { n: 1 } }],
    ['an argument that the state keeps as a block', 'b = { n = 1 }', { b: [{ n: 1 }] }, { b: [{ n: 1 }] }],
    ['a number that is a text there', 'n = 8080', { n: '8080' }, { n: '8080' }],
    ['a text that is a number there', 'n = "8080"', { n: 1 }, { n: 8080 }],
    ['a text that is true or false there', 'n = "true"', { n: false }, { n: true }],
    ['a text that only looks like a number', 'n = "08"', { n: 8 }, { n: '08' }],
    ['null, which is not set', 'n = null\nm = 1', { n: 5 }, { m: 1 }],
    ['blocks in the order in which the state has them', 'r {\n  n = 1\n}\nr {\n  n = 2\n}', { r: [{ n: 2, d: 'x' }, { n: 1, d: 'y' }] }, { r: [{ n: 2 }, { n: 1 }] }],
    ['a changed block in the place that is left', 'r {\n  n = 1\n}\nr {\n  n = 3\n}', { r: [{ n: 2 }, { n: 1 }] }, { r: [{ n: 3 }, { n: 1 }] }],
    ['a place for which the code has no block', 'r {\n  n = 1\n}', { r: [{ n: 2 }, { n: 1 }] }, { r: [null, { n: 1 }] }],
    ['a block more than the state has', 'r {\n  n = 1\n}\nr {\n  n = 2\n}', { r: [{ n: 2 }] }, { r: [{ n: 2 }, { n: 1 }] }],
  ])('%s', async (_, code, recorded, expected) => {
    expect(await side(code, recorded)).toEqual(expected);
  });

  test('sensitive and unknown paths point into that shape', async () => {
    const folder = await makeFolder({
      'main.tf': `
        variable "secret" {
          default   = "s"
          sensitive = true
        }
        resource "test" "x" {
          r {
            n = 1
          }
          r {
            n = 2
            s = var.secret
            u = timestamp()
          }
        }`,
      'terraform.tfstate': stateOf({ 'test.x': { r: [{ n: 2, s: 's', u: 'x' }, { n: 1 }] } }),
    });

    expect((await scanOne(folder)).sightings[0]?.sides.code).toMatchObject({ sensitive: [['r', 0, 's']], unknown: [['r', 0, 'u']] });
  });
});

describe('what cannot be decided is a gap, never a guess', () => {
  test('a number of instances that is only known later', async () => {
    const folder = await makeFolder({
      'main.tf': 'variable "on" {}\nresource "test" "x" {\n  count = var.on ? 1 : 0\n}\nresource "test" "y" {\n  for_each = toset(var.on)\n}\n',
      'terraform.tfstate': stateOf({ 'test.x[0]': {}, 'test.gone': {} }),
    });

    const { sightings, gaps } = await scanOne(folder);

    expect(sightings.map(({ address, sides }) => [address, sides.code])).toEqual([['test.gone', null]]);
    expect(gaps).toMatchObject([
      { address: 'test.y', state: 'unsupported' },
      { address: 'test.x[0]', state: 'unsupported', reason: 'count cannot be told: the variable on is given no value here' },
    ]);
  });

  test.each([
    ['a registry', 'terraform-aws-modules/vpc/aws'],
    ['Git', 'git::https://user:hunter2@example.com/x.git'],
  ])('a module from %s, without a word of its address', async (kind, source) => {
    const folder = await makeFolder({ 'main.tf': `module "m" {\n  source = "${source}"\n}\n`, 'terraform.tfstate': stateOf({ 'module.m.test.x': {} }) });

    const { sightings, gaps } = await scanOne(folder);

    expect(sightings).toEqual([]);
    expect(gaps).toEqual([{ address: 'module.m.test.x', state: 'unsupported', reason: `the module comes from elsewhere (${kind}) and is not installed beside the code` }]);
  });

  test('a module that init has installed is read', async () => {
    const folder = await makeFolder({
      'main.tf': 'module "m" {\n  source = "a/b/c"\n}\n',
      '.terraform/modules/modules.json': '{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"m","Source":"x","Dir":".terraform/modules/m"}]}',
      '.terraform/modules/m/main.tf': 'resource "test" "x" {\n  n = 1\n}\n',
      'terraform.tfstate': stateOf({ 'module.m.test.x': { n: 1 } }),
    });

    expect(codeOf(await scanOne(folder))).toEqual({ 'module.m.test.x': { n: 1 } });
  });

  test('modules that call one another in a circle, and locals that do', async () => {
    const folder = await makeFolder({
      'main.tf': 'module "m" {\n  source = "./m"\n}\nlocals {\n  a = local.b\n  b = local.a\n}\nresource "test" "x" {\n  a = local.a\n  n = 1\n}\n',
      'm/main.tf': 'module "back" {\n  source = "../"\n}\nresource "test" "y" {\n  n = 1\n}\n',
      'terraform.tfstate': stateOf({ 'test.x': { a: 1, n: 1 } }),
    });

    const { sightings, gaps } = await scanOne(folder);

    expect(sightings.find(({ address }) => address === 'test.x')?.sides.code?.unknown).toEqual([['a']]);
    expect(gaps).toMatchObject([{ address: 'module.m.module.back', reason: 'the modules call one another in a circle' }]);
  });

  test('a resource of which nothing can be told', async () => {
    const folder = await makeFolder({ 'main.tf': 'resource "test" "x" {\n  t = timestamp()\n}\n', 'terraform.tfstate': stateOf({ 'test.x': { t: 'x' } }) });

    const { sightings, gaps } = await scanOne(folder);

    expect(sightings).toEqual([]);
    expect(gaps).toMatchObject([{ address: 'test.x', state: 'unsupported' }]);
  });

  test('blocks that repeat for something unknown', async () => {
    const folder = await makeFolder({ 'main.tf': 'variable "v" {}\nresource "test" "x" {\n  n = 1\n  dynamic "r" {\n    for_each = var.v\n    content {\n      n = 1\n    }\n  }\n}\n', 'terraform.tfstate': stateOf({ 'test.x': { r: [] } }) });

    expect((await scanOne(folder)).sightings[0]?.sides.code?.unknown).toEqual([['r']]);
  });

  test.each([
    ['a state kept in a backend', 'terraform {\n  backend "s3" {}\n}\n', 'the code asks for it; its state is kept in the backend s3 (bucket: it is missing, or not of its kind); initialise the folder, or give the state with --against FILE'],
    ['no state at all', '', 'the code asks for it; there is no state here to compare it with'],
  ])('%s', async (_, head, reason) => {
    const folder = await makeFolder({ 'main.tf': `${head}resource "test" "x" {}\n` });

    const { stack, sightings, gaps } = await scanOne(folder);

    expect([stack.against, sightings, gaps]).toEqual(['nothing', [], [{ address: 'test.x', state: 'stale', reason }]]);
  });

  test('a hundred thousand instances, and a chain of locals without end', async () => {
    const chain = Array.from({ length: 3_000 }, (_, index) => `l${index} = local.l${index + 1}`).join('\n');
    const doubling = Array.from({ length: 60 }, (_, index) => `d${index} = "\${local.d${index + 1}}\${local.d${index + 1}}"`).join('\n');
    const folder = await makeFolder({
      'main.tf': `resource "test" "many" {\n  count = 100000\n}\nlocals {\n${chain}\n${doubling}\nd60 = "x"\n}\nresource "test" "x" {\n  n = 1\n  l = local.l0\n  d = local.d0\n}\n`,
      'terraform.tfstate': stateOf({ 'test.x': {} }),
    });

    const { sightings, gaps } = await scanOne(folder);

    expect(sightings.map(({ address, sides }) => [address, sides.code?.unknown])).toEqual([['test.x', [['l'], ['d']]]]);
    expect(gaps).toMatchObject([{ address: 'test.many', reason: 'count asks for more than 10000 instances' }]);
  });
});

describe('what has moved is found where it was', () => {
  test.each([
    ['a resource', 'moved {\n  from = test.old\n  to   = test.new\n}', 'test.old', 'test.new'],
    ['an instance that keeps its key', 'moved {\n  from = test.old\n  to   = test.new\n}', 'test.old["k"]', 'test.new["k"]'],
    ['into a module', 'moved {\n  from = test.old\n  to   = module.m.test.new\n}', 'test.old', 'module.m.test.new'],
    ['with its module', 'moved {\n  from = module.a\n  to   = module.m\n}', 'module.a.test.new', 'module.m.test.new'],
    ['twice', 'moved {\n  from = test.oldest\n  to   = test.old\n}\nmoved {\n  from = test.old\n  to   = test.new\n}', 'test.oldest', 'test.new'],
    ['round and round', 'moved {\n  from = test.a\n  to   = test.b\n}\nmoved {\n  from = test.b\n  to   = test.a\n}', 'test.a', 'test.a'],
    ['by getting count', '', 'test.new', 'test.new[0]'],
    ['by losing count', '', 'test.new[0]', 'test.new'],
  ])('%s', async (_, moved, from, to) => {
    const [, module, name = '', key] = /^(module\.m\.)?test\.(\w+)(?:\[(.*)\])?$/.exec(to) ?? [];
    const repeat = key === undefined ? '' : key === '0' ? '  count = 1\n' : '  for_each = toset(["k"])\n';
    const block = `resource "test" "${name}" {\n${repeat}  n = 1\n}\n`;
    const folder = await makeFolder({
      'main.tf': `${moved}\n${module === undefined ? block : 'module "m" {\n  source = "./m"\n}\n'}`,
      ...(module !== undefined && { 'm/main.tf': block }),
      'terraform.tfstate': stateOf({ [from]: { id: 'i', n: 1 } }),
    });

    const { sightings } = await scanOne(folder);

    expect(sightings).toMatchObject([{ address: to, id: 'i', movedFrom: from === to ? null : from, sides: { recorded: { values: { n: 1 } } } }]);
  });
});

test('default tags of the AWS provider are asked for in tags_all, through modules and aliases, of types that take tags', async () => {
  const folder = await makeFolder({
    'main.tf': `
      provider "aws" {
        default_tags { tags = { Team = "core" } }
      }
      provider "aws" {
        alias = "east"
        default_tags { tags = { Team = "east" } }
        ignore_tags { keys = ["Owner"] }
      }
      resource "aws_vpc" "a" { tags = { Name = "a" } }
      resource "aws_s3_bucket_versioning" "untagged" {}
      module "m" {
        source    = "./m"
        providers = { aws = aws.east }
      }`,
    'm/main.tf': 'resource "aws_vpc" "b" {}\n',
    'terraform.tfstate': stateOf({ 'aws_vpc.a': { tags_all: {} }, 'aws_s3_bucket_versioning.untagged': {}, 'module.m.aws_vpc.b': { tags_all: null } }),
  });

  const scanned = await scanOne(folder);

  expect(codeOf(scanned)).toEqual({ 'aws_s3_bucket_versioning.untagged': {}, 'aws_vpc.a': { tags: { Name: 'a' }, tags_all: { Team: 'core', Name: 'a' } }, 'module.m.aws_vpc.b': { tags_all: { Team: 'east' } } });
  expect(scanned.sightings.map(({ ignored }) => ignored)).toEqual([[], [], [['tags', 'Owner'], ['tags_all', 'Owner']]]);
});

describe('code that terraform refuses', () => {
  test.each([
    ['a syntax error', 'resource "a" "b" {\n  x =\n}\n', 'main.tf, line: 2'],
    ['count beside for_each', 'resource "a" "b" {\n  count = 1\n  for_each = {}\n}\n', 'count and for_each exclude one another'],
    ['a resource declared twice', 'resource "a" "b" {}\nresource "a" "b" {}\n', 'declared twice'],
    ['a default of another type', 'variable "a" {\n  type = list(string)\n  default = "x"\n}\n', 'the default is not of the type'],
    ['an argument outside of any block', 'a = 1\n', 'outside of any block'],
    ['arguments for resources in a data source', 'data "a" "b" {\n  lifecycle {\n    ignore_changes = []\n  }\n}\n', 'not for data sources'],
    ['a validation without its variable', 'variable "a" {\n  validation {\n    condition = true\n    error_message = ""\n  }\n}\n', 'does not refer to its variable'],
  ])('is refused with its place: %s', async (_, code, reason) => {
    const folder = await makeFolder({ 'main.tf': code });

    await expect(scanTerraform(folder)).rejects.toMatchObject({ code: 'code-unreadable', message: expect.stringContaining(reason) });
  });
});

test('each workspace is a stack of its own', async () => {
  const folder = await makeFolder({
    'main.tf': 'resource "test" "x" {\n  name = terraform.workspace\n}\n',
    'terraform.tfstate.d/dev/terraform.tfstate': stateOf({ 'test.x': { name: 'dev' } }, { lineage: 'dev' }),
    'terraform.tfstate.d/prod/terraform.tfstate': stateOf({ 'test.x': { name: 'prod' } }, { lineage: 'prod' }),
  });

  const scanned = await scanTerraform(folder);

  expect(scanned.map(({ target, stack }) => [target.form, target.label.replace(/^.* \(/, '('), stack.id])).toEqual([['terraform-workspace', '(workspace dev)', 'dev'], ['terraform-workspace', '(workspace prod)', 'prod']]);
  expect(scanned.map(codeOf)).toEqual([{ 'test.x': { name: 'dev' } }, { 'test.x': { name: 'prod' } }]);
});

test('a folder is compared with the file that is given instead of its own state', async () => {
  const folder = await makeFolder({ 'code/main.tf': 'resource "test" "x" {\n  n = 1\n}\n', 'other.json': stateOf({ 'test.x': { n: 2 } }) });

  const { stack, sightings } = await scanOne(`${folder}/code`, { against: { side: 'file', path: `${folder}/other.json` } });

  expect([stack.against, stack.lineage]).toEqual(['code', 'test-lineage']);
  expect(sightings[0]?.sides).toMatchObject({ code: { values: { n: 1 } }, recorded: { values: { n: 2 } } });
});
