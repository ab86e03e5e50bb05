import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foreignSettings, type Backend } from '#agent/scan/terraform/backend/backend.ts';
import { remoteState } from '#agent/scan/terraform/backend/read-remote.ts';
import { constantBody } from '#agent/scan/terraform/hcl/constant-json.ts';
import { parseBody } from '#agent/scan/terraform/hcl/parse-body.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { JsonObject } from '#proto/domain/json.ts';

const bucket = { bucket: 'states', key: 'net/terraform.tfstate' };

describe('where a state is looked for', () => {
  test.each([
    ['s3', bucket, 'default', 's3://states/net/terraform.tfstate'],
    ['s3', bucket, 'prod', 's3://states/env:/prod/net/terraform.tfstate'],
    ['s3', { ...bucket, workspace_key_prefix: 'ws' }, 'prod', 's3://states/ws/prod/net/terraform.tfstate'],
    ['s3', { ...bucket, dynamodb_table: 'locks', use_lockfile: true, kms_key_id: 'k' }, 'default', 's3://states/net/terraform.tfstate'],
    ['s3', { ...bucket, assume_role_with_web_identity: { role_arn: 'x' } }, 'default', 'net (backend s3)'],
    ['s3', { ...bucket, shared_credentials_files: ['x'] }, 'default', 'net (backend s3)'],
    ['http', { address: 'https://me:hush@state.example.com/net?token=hush' }, 'default', 'https://state.example.com/net'],
    ['http', { address: 'https://state.example.com/net', skip_cert_verification: 'true' }, 'default', 'net (backend http)'],
    ['gcs', { bucket: 'b' }, 'default', 'net (backend gcs)'],
  ])('%s %j in workspace %s: %s', (type, settings, workspace, source) => {
    expect(state({ type, settings }, workspace).source).toBe(source);
  });

  test('a setting that is missing, and a workspace where there are none, are named', () => {
    expect(() => state({ type: 's3', settings: { bucket: 'states' } })).toThrow(expect.objectContaining({ code: 'backend-unclear', facts: expect.objectContaining({ setting: 'key' }) as unknown }) as Error);
    expect(() => state({ type: 'http', settings: { address: 'https://x.example.com' } }, 'prod')).toThrow(expect.objectContaining({ code: 'backend-unclear', facts: expect.objectContaining({ workspace: 'prod' }) as unknown }) as Error);
  });

  test('whatever stands in the settings, the answer is a place or a named error that shows no secret', () => {
    const name = fc.constantFrom('bucket', 'key', 'region', 'endpoints', 'assume_role', 'address', 'headers', '__proto__', 'use_path_style', 'skip_cert_verification');
    const secrets = { password: 'hush', secret_key: 'hush', address: 'https://u:hush@h/?t=hush', endpoint: 'https://u:hush@h', sse_customer_key: 'hush', conn_str: 'hush' };
    fc.assert(
      fc.property(fc.constantFrom('s3', 'http', 'pg'), fc.dictionary(name, fc.jsonValue({ maxDepth: 2 })), fc.subarray(Object.keys(secrets)), (type, settings, kept) => {
        const hidden = Object.fromEntries(Object.entries(secrets).filter(([each]) => kept.includes(each)));
        const told = outcome(() => state({ type, settings: { ...(settings as JsonObject), ...hidden } }).source);
        expect(told).not.toContain('hush');
      }),
    );
  });
});

test('what sends credentials to a place of the code, or runs a program, is told; what init agreed to is not', () => {
  const settings = { bucket: 'b', conn_str: 'x', host: 'x', storage_custom_endpoint: 'x', exec: {}, endpoints: {} };

  expect(foreignSettings({ settings, from: 'code' }).toSorted()).toEqual(['conn_str', 'endpoints', 'exec', 'host', 'storage_custom_endpoint']);
  expect(foreignSettings({ settings, from: 'init' })).toEqual([]);
});

test('the constants of a body are read, its blocks as lists, and the rest is named', () => {
  const { values, unknown } = constantBody(parseBody('a = "x"\nb = [1, true, null]\nc = { d = "e", "f" = var.g }\nh = "${var.i}"\nj {\n  k = "l"\n  m = local.n\n}\n'));

  expect(values).toEqual({ a: 'x', b: [1, true, null], j: [{ k: 'l' }] });
  expect(unknown).toEqual(['c', 'h', 'j.m']);
});

function state({ type, settings }: Pick<Backend, 'type' | 'settings'>, workspace = 'default') {
  return remoteState({ type, settings, from: 'code', unknown: [] }, { folder: '/nowhere', workspace, state: null }, 'net', { env: {}, timeoutMs: 1_000 });
}

function outcome(work: () => string): string {
  try {
    return work();
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}
