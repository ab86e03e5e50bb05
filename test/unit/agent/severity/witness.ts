import type { Json, JsonObject } from '#proto/domain/json.ts';
import type { SeverityRule, Test } from '#agent/severity/rule.ts';

/** What a regular expression of a rule is to find. */
const examples: Readonly<Record<string, string>> = {
  '^igw-': 'igw-0a1b',
  '2015-05|2016-08|TLS-1-0|TLS-1-1|-TLS13-1-0|FS-2018-06$': 'ELBSecurityPolicy-2016-08',
  '^[a-z0-9-]+:\\*$': 'ec2:*',
  ':policy/(?:AdministratorAccess|IAMFullAccess|PowerUserAccess)$': 'arn:aws:iam::aws:policy/PowerUserAccess',
  '/global/(?:AllUsers|AuthenticatedUsers)$': 'http://acs.amazonaws.com/groups/global/AllUsers',
  '^\\d{4}-\\d{2}-': '2026-01-02T03:04:05Z',
};

/** A value that passes the test, or undefined where absence does. */
export function witness(test: Test): Json | undefined {
  if ('is' in test) return Array.isArray(test.is) ? (test.is[0] as Json) : test.is;
  if ('has' in test) return [test.has[0] ?? null];
  if ('like' in test) return examples[test.like] ?? grants.find((text) => new RegExp(test.like, 'i').test(text));
  if ('empty' in test) return undefined;
  if ('below' in test) return test.below - 1;
  if ('above' in test) return test.above + 1;
  if ('fields' in test) return Object.entries(test.fields).map(([path, inner]) => held(path.split('.'), witness(inner))).reduce(merge, {});
  if ('not' in test) return 'empty' in test.not ? { some: 'thing' } : held(Object.keys('fields' in test.not ? test.not.fields : {}), 'thing');
  if ('all' in test) return test.all.map(witness).reduce<Json | undefined>((a, b) => (isMap(a) && isMap(b) ? merge(a, b) : b === undefined ? a : b), undefined);
  return test.some.map(witness)[0];
}

/** A resource in which the rule's first path holds the value. */
export function holding({ paths: [path = ''] }: SeverityRule, value: Json | undefined): JsonObject {
  if (path === '') return isMap(value) ? value : {};
  return held([...path.replace('**.', 'spec.').matchAll(/\["([^"]+)"\]|[^.[]+/g)].map(([name, quoted]) => quoted ?? name), value);
}

const grants = ['iam:PassRole', 'roles/owner'];

function held(names: readonly string[], value: Json | undefined): JsonObject {
  const [name = 'x', ...rest] = names;
  if (rest.length > 0) return { [name]: held(rest, value) };
  return value === undefined ? {} : { [name]: value };
}

function merge(a: JsonObject, b: JsonObject): JsonObject {
  return { ...a, ...b };
}

function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
