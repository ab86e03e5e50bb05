import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runProgram } from '#agent/cli/program.ts';
import { fakeHost } from '#test/fakes/host.ts';
import { makeFolder } from '#test/harness/folder.ts';

const change = (before: object, after: object): object => ({ actions: ['update'], before, after, after_unknown: {}, before_sensitive: {}, after_sensitive: {} });

const resource = (name: string, before: object, after: object): object => ({ address: `aws_vpc.${name}`, mode: 'managed', type: 'aws_vpc', name, provider_name: 'registry.terraform.io/hashicorp/aws', change: change(before, after) });

const plan = {
  format_version: '1.2', terraform_version: '1.9.0',
  resource_drift: [resource('main', { tags: {}, enable_dns_support: true }, { tags: null, enable_dns_support: false }), resource('calm', { tags: {} }, { tags: null })],
  resource_changes: [],
};

async function explain(...argv: string[]) {
  const folder = await makeFolder({ 'plan.json': JSON.stringify(plan) });
  const host = fakeHost({ cwd: folder });
  const exitCode = await runProgram(['scan', join(folder, 'plan.json'), ...argv], host);
  return { exitCode, ...host.told };
}

describe('scan --explain', () => {
  test('tells people which rule counted for each difference, and why', async () => {
    const { out, exitCode } = await explain('--explain', 'aws_vpc.main');

    expect(exitCode).toBe(2);
    expect(out).toMatch(/^aws_vpc\.main\n/);
    expect(out).toMatch(/✓ normalising [a-z-]+ says noise and counts: it was asked first/);
    expect(out).toMatch(/enable_dns_support/);
    expect(out).not.toContain('aws_vpc.calm');
  });

  test('its exit code speaks of what was asked about: noise is in sync', async () => {
    const { out, exitCode } = await explain('--explain', 'aws_vpc.calm');

    expect(exitCode).toBe(0);
    expect(out).toMatch(/in sync: these differences were noise/);
  });

  test('as JSON it is one document with a schema, each property with its voices', async () => {
    const { out } = await explain('--explain', 'aws_vpc.*', '--format', 'json');

    const document: unknown = JSON.parse(out);
    expect(document).toMatchObject({ schema: 'dd0c.explain/v1', asked: 'aws_vpc.*', resources: [{ verdict: 'drift' }, { verdict: 'noise', finding: { properties: [{ path: 'tags', voices: [{ stage: 'normalising', won: true }, { stage: 'severity', won: false, why: 'noise is not ranked' }] }] } }] });
  });

  test('an address that no stack has is refused with those that may have been meant', async () => {
    const { exitCode, err } = await explain('--explain', 'vpc.mai');

    expect(exitCode).toBe(1);
    expect(err).toMatch(/\[address-unknown\]/);
    expect(err).toContain('did you mean: aws_vpc.main');
  });

  test('no other format can tell it', async () => {
    expect(await explain('--explain', 'x', '--format', 'sarif')).toMatchObject({ exitCode: 1, err: expect.stringContaining('human or json') as unknown });
  });
});
