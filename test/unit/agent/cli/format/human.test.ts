import { describe, expect, test } from 'vitest';
import type { Surroundings } from '#agent/cli/format/format.ts';
import { renderHuman } from '#agent/cli/format/human.ts';
import { columnsOf } from '#agent/cli/terminal/fit.ts';
import { createPaint } from '#agent/cli/terminal/paint.ts';
import { finding, ledger, property, stackReport } from '#test/fakes/told-reports.ts';

const around: Surroundings = {
  paint: (_, text) => text,
  width: 80,
  cwd: '/infra',
  noise: 'folded',
  reasonOf: (rule) => (rule === 'tags-all' ? 'The provider repeats these.' : undefined),
  version: '1.2.3',
};

describe('a finding', () => {
  test('is told with its severity, what happened, why it matters and what differs', () => {
    const text = renderHuman([stackReport({ findings: [finding()] })], around);

    expect(text).toContain('HIGH      aws_s3_bucket.assets');
    expect(text).toContain('changed outside the code: anybody can read it [bucket-public]');
    expect(text).toContain('~ public  false → true');
  });

  test('has its short properties in columns', () => {
    const properties = [property({ path: 'a', before: 1, after: 22 }), property({ path: 'longer', before: 'one', after: 'two' })];

    const text = renderHuman([stackReport({ findings: [finding({ properties })] })], around);

    expect(text).toContain('~ a       1     → 22');
    expect(text).toContain('~ longer  "one" → "two"');
  });

  test('shows a document as the lines that differ', () => {
    const document = (action: string): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: 'arn:aws:s3:::assets/with/a/long/path/*' }] });
    const properties = [property({ path: 'policy', before: document('s3:GetObject'), after: document('s3:*') })];

    const text = renderHuman([stackReport({ findings: [finding({ properties })] })], around);

    expect(text).toMatch(/- +"Action": "s3:GetObject"/);
    expect(text).toMatch(/\+ +"Action": "s3:\*"/);
    expect(text).not.toContain('Version');
  });

  test('does not tell its noise among what counts', () => {
    const properties = [property(), property({ path: 'tags_all.team', noise: 'tags-all' })];

    const text = renderHuman([stackReport({ findings: [finding({ properties })] })], around);

    expect(text).not.toMatch(/~ tags_all/);
    expect(text).toContain('1 × tags-all  The provider repeats these.');
  });

  test('names who moved it, where that is known', () => {
    const properties = [property({ attribution: { who: 'alice', how: 'kubectl-edit', when: '2026-11-01T10:00:00Z' } })];

    const text = renderHuman([stackReport({ findings: [finding({ properties })] })], around);

    expect(text).toContain('by alice, kubectl-edit, 2026-11-01T10:00:00Z');
  });
});

describe('a stack', () => {
  test('comes in the order of its worst finding, and what could not be read before what is in sync', () => {
    const error = { code: 'source-truncated', message: '[source-truncated] It ends early.', next: 'Fetch it again.' };
    const reports = [
      stackReport({ id: 'calm', source: '/infra/calm' }),
      stackReport({ id: 'cut', source: '/infra/cut', error, ledger: ledger({ checked: 0, unreadable: 1 }) }),
      stackReport({ id: 'low', source: '/infra/low', findings: [finding({ severity: 'low' })] }),
      stackReport({ id: 'bad', source: '/infra/bad', findings: [finding({ severity: 'critical' })] }),
    ];

    const text = renderHuman(reports, around);

    expect(text.match(/^(?:bad|low|cut|calm)$/gm)).toEqual(['bad', 'low', 'cut', 'calm']);
  });

  test('that could not be read says why and what to do, and is never called in sync', () => {
    const error = { code: 'source-truncated', message: '[source-truncated] It ends early.', next: 'Fetch it again.' };

    const text = renderHuman([stackReport({ error, ledger: ledger({ checked: 0, unreadable: 1 }) })], around);

    expect(text).toContain('could not be read [source-truncated]');
    expect(text).toContain('It ends early.');
    expect(text).toContain('next: Fetch it again.');
    expect(text).toContain('Could not tell:');
    expect(text).not.toMatch(/in sync/i);
  });

  test('of which nothing was checked is not in sync', () => {
    const text = renderHuman([stackReport({ ledger: ledger({ checked: 0, stale: 2 }) })], around);

    expect(text).not.toMatch(/in sync/i);
    expect(text).toContain('2 not checked');
  });

  test('names what was not checked, those with one reason together', () => {
    const gaps = ['a', 'b'].map((address) => ({ address, state: 'unsupported' as const, reason: 'No scanner knows this type.' }));

    const text = renderHuman([stackReport({ ledger: ledger({ unsupported: 2, gaps }) })], around);

    expect(text.match(/No scanner knows this type\./g)).toHaveLength(1);
    expect(text).toMatch(/^ {6}a$/m);
  });

  test('is called by the name somebody gave it', () => {
    const text = renderHuman([stackReport({ id: 'production network', source: '/infra/net' })], around);

    expect(text).toContain('production network (net)');
  });

  test('keeps its name whole where both do not fit, and its place below', () => {
    const text = renderHuman([stackReport({ id: 'cloudformation:123456789012:eu-west-1:shop-frontend', source: 'cloudformation://default/eu-west-1/shop-frontend' })], around);

    expect(text.split('\n').slice(0, 2)).toEqual(['cloudformation:123456789012:eu-west-1:shop-frontend', '  cloudformation://default/eu-west-1/shop-frontend']);
  });
});

test('noise is listed place by place where it is asked for', () => {
  const findings = [finding({ noise: true, severity: 'low', properties: [property({ path: 'tags_all.team', noise: 'tags-all' })] })];

  const text = renderHuman([stackReport({ findings })], { ...around, noise: 'listed' });

  expect(text).toContain('aws_s3_bucket.assets  tags_all.team');
  expect(text).toContain('In sync:');
});

test('no line is wider than the terminal', () => {
  const long = 'x'.repeat(300);
  const properties = [property({ path: `${long}.path`, before: long, after: `${long}y` }), property({ path: 'p', change: 'add', before: null, after: { [long]: long } })];
  const gaps = [{ address: long, state: 'unreadable' as const, reason: `${long} ${long}` }];
  const report = stackReport({ source: `/infra/${long}`, findings: [finding({ address: long, properties })], ledger: ledger({ unreadable: 1, gaps }) });

  for (const width of [40, 80, 132]) {
    const text = renderHuman([report], { ...around, width });

    expect(Math.max(...text.split('\n').map(columnsOf))).toBeLessThanOrEqual(width);
  }
});

test('what a scan read cannot steer the terminal', () => {
  const evil = '\u{1b}[2J\u{7}\u{202e}\r';
  const findings = [finding({ address: `a${evil}`, severityRule: evil, properties: [property({ path: evil, before: evil, after: `${evil}\n${evil}` })] })];
  const gaps = [{ address: evil, state: 'unreadable' as const, reason: evil }];

  const text = renderHuman([stackReport({ id: evil, source: evil, against: evil, findings, ledger: ledger({ unreadable: 1, gaps }) })], around);

  expect(text).not.toMatch(/[\p{Cf}\p{Zl}]/u);
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});

test('colours are there only where they are wanted', () => {
  const reports = [stackReport({ findings: [finding()] })];

  const plain = renderHuman(reports, { ...around, paint: createPaint({ colours: false }) });
  const coloured = renderHuman(reports, { ...around, paint: createPaint({ colours: true }) });

  expect(plain).not.toContain('\u{1b}');
  expect(coloured).toContain('\u{1b}[31m');
});

test('neighbours of which the same is to be told stand together', () => {
  const missing = (address: string) => finding({ address, change: 'missing', severityRule: 'resource-missing: what should be there is not', properties: [] });

  const text = renderHuman([stackReport({ findings: [missing('a.one'), missing('a.two'), finding({ severity: 'low' })] })], around);

  expect(text).toContain('HIGH      a.one\n            a.two\n            gone [resource-missing]\n');
});
