import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseTemplate } from '#agent/scan/cloudformation/template/parse-template.ts';
import { resolveTemplate } from '#agent/scan/cloudformation/template/resolve.ts';
import { isList, isObject, type Json } from '#proto/domain/json.ts';
import { corpus } from '#test/harness/corpus.ts';

const Expected = z.object({ resources: z.record(z.string(), z.record(z.string(), z.object({ attributes: z.json() }))) });
const { path, isThere, reason } = corpus('iac/cloudformation');
const goldens = isThere ? readdirSync(join(path, 'golden')).filter((name) => name.endsWith('__expected.json')) : [];

describe.skipIf(!isThere)(`templates as another engine reads them${reason}`, () => {
  test.each(goldens)('%s: whatever can be decided is the same', (golden) => {
    const template = readdirSync(join(path, 'golden')).find((name) => name !== golden && name.startsWith(golden.replace('expected.json', ''))) ?? '';
    const { resources } = Expected.parse(JSON.parse(readFileSync(join(path, 'golden', golden), 'utf8')));

    const wanted = resolveTemplate(parseTemplate(readFileSync(join(path, 'golden', template), 'utf8'), template), { parameters: {}, pseudo: {}, physicalIds: {} });

    const byName = new Map(wanted.map((resource) => [`${resource.type} ${resource.logicalId}`, resource]));
    const theirs = Object.entries(resources).flatMap(([type, each]) => Object.entries(each).map(([name, { attributes }]) => [`${type} ${name}`, attributes] as const));
    expect([...byName.keys()].toSorted()).toEqual(theirs.map(([name]) => name).toSorted());
    for (const [name, attributes] of theirs) {
      const ours = byName.get(name);
      const unknown = new Set(ours?.unknown.map((path) => path.join('/')));
      expect([name, leaves(ours?.values ?? null, unknown)]).toEqual([name, leaves(attributes, unknown)]);
    }
  });

  test.each(isThere ? readdirSync(join(path, 'templates')) : [])('%s is read', (name) => {
    const wanted = resolveTemplate(parseTemplate(readFileSync(join(path, 'templates', name), 'utf8'), name), { parameters: {}, pseudo: {}, physicalIds: {} });

    expect(wanted.length).toBeGreaterThan(0);
  });
});

/** Every leaf by its path, but for what cannot be decided here. */
function leaves(value: Json, unknown: ReadonlySet<string>, at: readonly (string | number)[] = []): Readonly<Record<string, Json>> {
  if (unknown.has(at.join('/'))) return {};
  const inner = isList(value) ? value.map((item, index) => [index, item] as const) : isObject(value) ? Object.entries(value) : null;
  if (inner === null) return { [at.join('/')]: value };
  return Object.assign({}, ...inner.map(([key, item]) => leaves(item, unknown, [...at, key]))) as Readonly<Record<string, Json>>;
}
