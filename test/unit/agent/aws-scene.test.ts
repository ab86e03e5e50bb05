import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { scanAll } from '#agent/scan-all.ts';
import { createTerraformScanner } from '#agent/scan/terraform/terraform-scanner.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { createStages, options } from './stages.ts';

/**
 * Plans that terraform 1.x with the AWS provider 5.100 made of 39 resources in an AWS emulator: right after the apply,
 * and after changes by hand. Of the first, terraform's own `resource_drift` names 23 resources.
 */
async function scan(plan: string): Promise<StackReport> {
  const path = fileURLToPath(new URL(`../../golden/pipeline/${plan}`, import.meta.url));
  const events = await Array.fromAsync(scanAll([path], { scanners: [createTerraformScanner()], options, stages: createStages() }, AbortSignal.timeout(20_000)));
  const [report] = events.flatMap((event) => (event.kind === 'report' ? [event.report] : []));
  if (report === undefined) throw new Error('no report');
  return report;
}

test('right after an apply nothing has drifted', async () => {
  const { ledger, findings } = await scan('aws-fresh.plan.json');

  expect(ledger).toMatchObject({ checked: 39, unsupported: 0, unreadable: 0 });
  expect(findings.filter(({ noise }) => !noise).map(({ address, properties }) => [address, properties.filter(({ noise }) => noise === null).map(({ path }) => path)])).toEqual([]);
  expect(findings).toHaveLength(23);
});

test('what was changed by hand is found, and nothing else', async () => {
  const { findings } = await scan('aws-by-hand.plan.json');

  const told = findings.filter(({ noise }) => !noise).map(({ address, change, severity, properties }) =>
    [address, change, severity, ...properties.filter(({ noise }) => noise === null).map((one) => `${one.change} ${one.path}`)]);
  expect(told).toEqual([
    ['aws_cloudwatch_log_group.lg', 'modified', 'high', 'update retention_in_days'],
    ['aws_dynamodb_table.d', 'modified', 'high', 'update point_in_time_recovery[0].enabled', 'update point_in_time_recovery[0].recovery_period_in_days'],
    ['aws_iam_policy.read', 'modified', 'high', 'add policy.Statement[0].Action[1]', 'remove policy.Statement[0].Action[1]'],
    ['aws_iam_role.app', 'modified', 'high', 'add managed_policy_arns[0]'],
    ['aws_route_table.rt', 'modified', 'high', 'add route[1]'],
    ['aws_s3_bucket_versioning.logs', 'modified', 'high', 'update versioning_configuration[0].status'],
    ['aws_secretsmanager_secret.s', 'missing', 'critical'],
    ['aws_security_group.split', 'modified', 'critical', 'add ingress[0]'],
    ['aws_security_group.web', 'modified', 'critical', 'add ingress[0]'],
    ['aws_sqs_queue.q', 'modified', 'medium', 'update visibility_timeout_seconds'],
    ['aws_sqs_queue_policy.q', 'missing', 'high'],
    ['aws_ssm_parameter.p', 'modified', 'medium', 'update value'],
    ['aws_subnet.a', 'modified', 'low', 'add tags.by'],
  ]);
});
