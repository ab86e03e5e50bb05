import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scanAll } from '#agent/scan-all.ts';
import { createTerraformScanner } from '#agent/scan/terraform/terraform-scanner.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { createStages, options } from '../../unit/agent/stages.ts';

const corpus = join(process.env['DD0C_CORPUS'] ?? fileURLToPath(new URL('../../../../shared/corpus', import.meta.url)), 'iac');
const cases = join(corpus, 'terraform-drift-cases');
const absent = existsSync(cases) ? '' : ' [not run: the corpus]';

async function scan(path: string): Promise<StackReport> {
  const reports: StackReport[] = [];
  for await (const event of scanAll([path], { scanners: [createTerraformScanner()], options, stages: createStages() }, AbortSignal.timeout(20_000))) {
    if (event.kind === 'report') reports.push(event.report);
  }
  const [report] = reports;
  if (report === undefined || reports.length > 1) throw new Error(`one report was expected of ${path}`);
  return report;
}

describe.skipIf(absent !== '')(`plans whose drift their projects state${absent}`, () => {
  const [, ...rows] = absent === '' ? readFileSync(join(cases, 'EXPECTED.tsv'), 'utf8').trim().split('\n').map((line) => line.split('\t')) : [[]];

  test.each(rows.map(([name = '', drift = '-', planned = '-']) => ({ name, drift: addresses(drift), planned: addresses(planned) })))('$name', async ({ name, drift, planned }) => {
    const { findings, error } = await scan(join(cases, name, 'expected', 'plan.json'));

    const counted = findings.filter(({ noise }) => !noise);
    expect(error).toBeNull();
    expect(counted.filter(({ cause }) => cause === 'live_changed').map(({ address }) => address)).toEqual(drift);
    expect(counted.filter(({ cause }) => cause === 'not_applied').map(({ address }) => address)).toEqual(planned.filter((address) => !drift.includes(address)));
    expect(counted.map(({ address }) => address).toSorted()).toEqual([...new Set([...drift, ...planned])].toSorted());
  });

  test('a pure move is told and not counted', async () => {
    const { findings } = await scan(join(cases, 'moved_with_refresh_only', 'expected', 'plan.json'));

    expect(findings.map(({ change, noise, movedFrom }) => ({ change, noise, movedFrom }))).toEqual([{ change: 'moved', noise: true, movedFrom: 'tfcoremock_simple_resource.first' }]);
  });
});

describe.skipIf(absent !== '')(`plans of real projects${absent}`, () => {
  test.each([
    ['policy-engine__resource-changes.json', 'aws_s3_bucket.noop_bucket', 'tags', 'empty-is-absent'],
    ['infracost__attachment_after_deploy.json', 'aws_default_subnet.default', 'tags', 'empty-is-absent'],
    ['terraform-validator__tf1_0_applied.json', 'google_storage_bucket.my-bucket', 'cors[0].response_header', 'empty-is-absent'],
  ])('%s: what terraform calls drift of %s is noise', async (file, address, path, rule) => {
    const { findings } = await scan(join(corpus, 'terraform-plan', file));

    const found = findings.find((finding) => finding.address === address);
    expect(found).toMatchObject({ noise: true, cause: 'live_changed' });
    expect(found?.properties.map((property) => [property.path, property.noise])).toEqual([[path, rule]]);
  });

  test('a disk that an attachment of the same plan made is no drift of the machine', async () => {
    const { findings } = await scan(join(corpus, 'terraform-plan', 'infracost__attachment_after_deploy.json'));

    const instance = findings.find(({ address }) => address === 'aws_instance.ec2');
    expect(instance?.noise).toBe(true);
    expect(instance?.properties.find(({ path }) => path === 'ebs_block_device[0]')?.noise).toBe('managed-elsewhere');
  });

  test('every plan is read or refused by name', async () => {
    for (const file of readdirSync(join(corpus, 'terraform-plan'))) {
      const { error, ledger } = await scan(join(corpus, 'terraform-plan', file));
      expect(error === null ? ledger.checked > 0 : error.code !== 'broken').toBe(true);
    }
  });
});

/** `a:update; b:delete+create` → a, b. */
function addresses(cell: string): readonly string[] {
  return cell === '-' ? [] : cell.split(';').map((part) => part.trim().replace(/:[a-z+-]+$/, ''));
}
