import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderJson } from '#agent/cli/format/json.ts';
import { renderJunit } from '#agent/cli/format/junit.ts';
import { renderMarkdown } from '#agent/cli/format/markdown.ts';
import { renderSarif } from '#agent/cli/format/sarif.ts';
import { causes, changes, type Finding, severities } from '#proto/domain/finding.ts';
import type { StackReport } from '#proto/domain/report.ts';
import type { Scrubbed } from '#proto/domain/scrubbed.ts';
import { finding, ledger, property, stackReport } from '#test/fakes/told-reports.ts';

/** The schema of OASIS, as the package that Microsoft made for it carries it. */
const schema: unknown = JSON.parse(readFileSync(join(dirname(createRequire(import.meta.url).resolve('@microsoft/jest-sarif')), 'schemas/sarif-2.1.0-rtm.5.json'), 'utf8'));
const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false }); // one of its patterns is none with `u`
addFormats.default(ajv);
const validate = ajv.compile(schema as object);

const around = { version: '1.2.3', cwd: '/infra', reasonOf: () => undefined };

const text = fc.string({ unit: 'binary', maxLength: 40 });
const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<never>;
const findings: fc.Arbitrary<Finding> = fc.record({
  address: text.filter((one) => one !== ''), type: text, change: fc.constantFrom(...changes), cause: fc.constantFrom(...causes), severity: fc.constantFrom(...severities),
  severityRule: fc.oneof(text, fc.constant('some-rule: because')), noise: fc.boolean(), movedFrom: fc.option(text),
  properties: fc.array(fc.record({ path: text, before: json, after: json, noise: fc.option(fc.constant('set-order')) }).map(property), { maxLength: 4 }),
}).map(finding);
const reports: fc.Arbitrary<readonly Scrubbed<StackReport>[]> = fc.array(fc.record({
  id: text.filter((one) => one !== ''), source: fc.oneof(text, text.map((one) => `/infra/${one}`), fc.constant('cloudformation://prod/eu-west-1/shop')), findings: fc.array(findings, { maxLength: 5 }),
  error: fc.option(fc.record({ code: text, message: text, next: text })),
  ledger: fc.array(fc.record({ address: text, state: fc.constantFrom('unsupported' as const, 'throttled' as const), reason: text }), { maxLength: 3 }).map((gaps) => ledger({ unsupported: gaps.length, gaps })),
}).map(stackReport), { maxLength: 4 });

describe('whatever a scan read', () => {
  test('SARIF is valid by the schema of OASIS', () => {
    fc.assert(fc.property(reports, (some) => {
      expect(validate(JSON.parse(renderSarif(some, around))) ? [] : validate.errors).toEqual([]);
    }), { numRuns: 150 });
  });

  test('the schema does refuse what is no SARIF', () => {
    const log = JSON.parse(renderSarif([stackReport({ findings: [finding()] })], around)) as { runs: { results: { message: unknown }[] }[] };
    const [result] = log.runs[0]?.results ?? [];
    if (result !== undefined) result.message = 'a bare text';

    expect(validate(log)).toBe(false);
  });

  test('markdown fits a comment', () => {
    fc.assert(fc.property(reports, (some) => renderMarkdown(some, around).length < 65_536), { numRuns: 60 });
  });

  test('JUnit is XML whose elements close, and JSON is one document', () => {
    fc.assert(fc.property(reports, (some) => {
      expect(openElements(renderJunit(some, around))).toEqual([]);
      expect(JSON.parse(renderJson(some, around))).toMatchObject({ schema: 'dd0c.scan/v1', stacks: some.map(({ kind }) => ({ kind })) });
    }), { numRuns: 60 });
  });
});

test('a stack with more findings than a comment holds shows the most severe and says how many are left out', () => {
  const many = Array.from({ length: 3_000 }, (_, index) => finding({ address: `aws_s3_bucket.b${index}`, severity: index === 2_500 ? 'critical' : 'low' }));

  const told = renderMarkdown([stackReport({ findings: many })], around);

  expect(told.length).toBeLessThan(65_536);
  expect(told.length).toBeGreaterThan(30_000);
  expect(told).toContain('aws_s3_bucket.b2500');
  expect(told).toMatch(/_\d+ more findings are left out here for length; `--format json` has everything._/);
});

const tag = /<(\/?)([a-z]+)(?:\s+[\w-]+="[^"<]*")*\s*(\/?)>/g;

/** What does not close, or is no tag, after reading them one by one. */
function openElements(xml: string): readonly string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, isEnd, name = '', isEmpty] of xml.matchAll(tag)) {
    if (isEnd === '' && isEmpty === '') open.push(name);
    else if (isEnd === '/' && open.pop() !== name) wrong.push(name);
  }
  const rest = xml.replaceAll(/<\?xml[^>]*\?>/g, '').replaceAll(tag, '');
  return [...open, ...wrong, ...(rest.includes('<') ? [rest] : [])];
}
