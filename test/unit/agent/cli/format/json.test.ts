import { expect, test } from 'vitest';
import { z } from 'zod';
import { renderJson } from '#agent/cli/format/json.ts';
import { Finding } from '#proto/domain/finding.ts';
import { finding, ledger, property, stackReport } from '#test/fakes/told-reports.ts';

const Document = z.strictObject({
  schema: z.literal('dd0c.scan/v1'),
  agent: z.string(),
  stacks: z.array(z.looseObject({ id: z.string(), ledger: z.looseObject({ checked: z.number(), gaps: z.array(z.unknown()) }), findings: z.array(Finding), error: z.object({ code: z.string(), message: z.string(), next: z.string() }).optional() })),
  summary: z.looseObject({}),
});

function parse(text: string): z.infer<typeof Document> {
  return Document.parse(JSON.parse(text));
}

test('the document carries every stack with its ledger and findings, as they are', () => {
  const report = stackReport({ findings: [finding()] });

  const { stacks } = parse(renderJson([report], { version: '1.2.3' }));

  expect(stacks).toHaveLength(1);
  expect(stacks[0]).toMatchObject({ id: 'network', kind: 'terraform', against: 'code', ledger: report.ledger, findings: report.findings });
});

test('a stack that could not be read carries its error; another has no such field', () => {
  const error = { code: 'source-empty', message: 'The file is empty.', next: 'Write it again.' };

  const { stacks } = parse(renderJson([stackReport({ error }), stackReport()], { version: '1' }));

  expect(stacks[0]?.error).toEqual(error);
  expect(stacks[1]).not.toHaveProperty('error');
});

test('the summary counts by severity, and noise by itself', () => {
  const reports = [
    stackReport({ findings: [finding({ severity: 'critical' }), finding({ severity: 'low' }), finding({ noise: true, properties: [property({ noise: 'tags-all' })] })] }),
    stackReport({ error: { code: 'x', message: 'x', next: 'x' }, ledger: ledger({ checked: 0, unreadable: 1 }) }),
  ];

  const { summary } = parse(renderJson(reports, { version: '1' }));

  expect(summary).toEqual({
    stacks: 2,
    unreadable: 1,
    checked: 3,
    unchecked: 1,
    findings: 2,
    severity: { low: 1, medium: 0, high: 0, critical: 1 },
    noise: 1,
    noiseDifferences: 1,
    removed: 0,
  });
});
