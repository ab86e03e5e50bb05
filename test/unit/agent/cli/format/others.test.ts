import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { renderJunit } from '#agent/cli/format/junit.ts';
import { renderMarkdown } from '#agent/cli/format/markdown.ts';
import { renderSarif } from '#agent/cli/format/sarif.ts';
import { finding, ledger, property, stackReport } from '#test/fakes/told-reports.ts';

const error = { code: 'source-empty', message: 'The file is empty.', next: 'Write it again.' };
const gaps = [{ address: 'aws_x.y', state: 'unsupported' as const, reason: 'Nobody knows it.' }];

describe('sarif', () => {
  const around = { version: '1.2.3', cwd: '/infra' };
  const Log = z.object({
    version: z.literal('2.1.0'),
    runs: z.tuple([
      z.object({
        tool: z.object({ driver: z.object({ name: z.string(), rules: z.array(z.object({ id: z.string(), shortDescription: z.object({ text: z.string().min(1) }) })) }) }),
        invocations: z.tuple([z.object({ executionSuccessful: z.boolean(), toolExecutionNotifications: z.array(z.object({ level: z.enum(['error', 'warning']), message: z.object({ text: z.string() }) })) })]),
        results: z.array(z.object({
          ruleId: z.string(),
          level: z.enum(['error', 'warning', 'note']),
          message: z.object({ text: z.string() }),
          locations: z.tuple([z.object({ physicalLocation: z.object({ artifactLocation: z.object({ uri: z.string() }) }), logicalLocations: z.array(z.object({ fullyQualifiedName: z.string() })) })]),
          partialFingerprints: z.record(z.string(), z.string()),
        })),
      }),
    ]),
  });

  test('each finding is a result with a rule, a place and a lasting fingerprint; noise is none', () => {
    const { runs: [run] } = Log.parse(JSON.parse(renderSarif([stackReport({ findings: [finding(), finding({ noise: true })] })], around)));

    expect(run.results).toHaveLength(1);
    expect(run.results[0]).toMatchObject({ ruleId: 'bucket-public', level: 'error', partialFingerprints: { 'dd0c/v1': '0123456789abcdef0123456789abcdef' } });
    expect(run.results[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe('network');
    expect(run.tool.driver.rules).toMatchObject([{ id: 'bucket-public', shortDescription: { text: 'anybody can read it' } }]);
  });

  test('what could not be read or checked is a notification, and the run is not called successful', () => {
    const { runs: [run] } = Log.parse(JSON.parse(renderSarif([stackReport({ error, ledger: ledger({ unsupported: 1, gaps }) })], around)));

    expect(run.invocations[0].executionSuccessful).toBe(false);
    expect(run.invocations[0].toolExecutionNotifications.map(({ level }) => level)).toEqual(['error', 'warning']);
  });
});

describe('junit', () => {
  const around = { cwd: '/infra' };

  test('a finding is a failure, an unreadable stack an error, an unchecked resource a skip', () => {
    const text = renderJunit([stackReport({ findings: [finding()], ledger: ledger({ unsupported: 1, gaps }) }), stackReport({ error })], around);

    expect(text).toContain('<testsuite name="network" tests="2" failures="1" errors="0" skipped="1"');
    expect(text).toContain('<failure type="high"');
    expect(text).toContain('<error type="source-empty"');
  });

  test('what XML cannot carry does not break the document', () => {
    const text = renderJunit([stackReport({ findings: [finding({ address: '<a b="\u{0}\u{1b}">&', properties: [property({ before: '\u{fffe}]]>' })] })] })], around);

    expect(text).toContain(String.raw`name="&lt;a b=&quot;\u{0}\u{1b}&quot;&gt;&amp;"`);
    expect(text).not.toMatch(/[^\t\n\u{20}-\u{d7ff}\u{e000}-\u{fffd}]/u);
  });
});

describe('markdown', () => {
  const around = { cwd: '/infra', reasonOf: () => undefined };

  test('begins with the numbers and marks what drifted in a diff', () => {
    const text = renderMarkdown([stackReport({ findings: [finding()] })], around);

    expect(text).toMatch(/^### Drift in 1 resource \(1 high\)/);
    expect(text).toContain('```diff\n! public  false → true\n```');
  });

  test('is never longer than a comment may be, and says what is left out', () => {
    const reports = Array.from({ length: 2_000 }, (_, index) => stackReport({ id: `stack-${index}`, findings: [finding()] }));

    const text = renderMarkdown(reports, around);

    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/left out here for length/);
  });

  test('nothing that a scan read is markup, a mention or a way out of a fence', () => {
    const evil = '</details>@everyone `x` ```\n[a](http://b)';
    const findings = [finding({ address: evil, severityRule: `r: ${evil}`, properties: [property({ path: evil, before: '```\n```', after: evil })] })];

    const text = renderMarkdown([stackReport({ findings })], around);

    const outside = text.replaceAll(/`{4}diff[^]*?\n`{4}/g, '').replaceAll(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
    expect(outside.match(/<\/details>/g)).toHaveLength(1);
    expect(outside).not.toMatch(/@everyone|\[a\]\(/);
    expect(text).toContain('````diff');
  });

  test('a person or an issue is not called by a path, a reason or a rule that holds its name', () => {
    const gaps = [{ address: 'a', state: 'unreadable' as const, reason: 'ask @octocat about #12' }];

    const text = renderMarkdown([stackReport({ source: '/infra/@team/x', ledger: ledger({ unreadable: 1, gaps }) })], around);

    expect(text.replaceAll(/`[^`]*`/g, '').replaceAll('&#8203;', '\u{200b}')).not.toMatch(/@\w|#\d/);
  });

  test('a bar in a name ends no cell of the table and is a bar elsewhere', () => {
    const text = renderMarkdown([stackReport({ source: '/infra/a|b', findings: [finding({ address: 'c|d' })] })], around);

    expect(text).toContain('a\\|b)` |');
    expect(text).toContain('`c|d`');
  });
});
