import { expect, test } from 'vitest';
import { z } from 'zod';
import type { DraftFinding, DraftProperty } from '#proto/domain/finding.ts';
import type { JsonObject, Path } from '#proto/domain/json.ts';
import type { Sighting } from '#proto/domain/resource.ts';
import { createScrubber } from '#agent/scrub/scrubber.ts';

const key = new Uint8Array(32).fill(7);
const password = ['Amber', 'raven', '342'].join('-');

test('a value marked sensitive is replaced on both sides, and a change of it stays visible', () => {
  const scrubber = createScrubber({ key });
  const draft = finding([property(['blob'], `${password}-old`, `${password}-new`, [[]])]);

  const { finding: clean, removed } = scrubber.finding(draft, 'stack');

  const [difference] = clean.properties;
  expect(difference?.before).toMatch(/^«secret:value:[0-9a-f]{16}»$/);
  expect(difference?.after).not.toBe(difference?.before);
  expect(JSON.stringify(clean)).not.toContain(password);
  expect(removed).toEqual([
    { rule: 'structure/marked-sensitive', path: 'aws_db_instance.main: blob' },
    { rule: 'structure/marked-sensitive', path: 'aws_db_instance.main: blob' },
  ]);
});

test('a value that is secret in one resource is removed where another holds it in base64', () => {
  const scrubber = createScrubber({ key });
  scrubber.learn(sighting({ master_password: password }));
  const text = `#!/bin/sh\necho ${password} | login`;

  const { finding: clean } = scrubber.finding(finding([property(['user_data'], null, Buffer.from(text).toString('base64'))]), 'stack');

  const after = z.string().parse(clean.properties[0]?.after);
  expect(Buffer.from(after, 'base64').toString('utf8')).not.toContain(password.slice(2, 12));
});

test('the name beside a value makes it secret even where only the value differs', () => {
  const scrubber = createScrubber({ key });
  const env = { env: [{ name: 'DB_PASSWORD', value: password }] };
  scrubber.learn(sighting(env));

  const { finding: clean } = scrubber.finding(finding([property(['env', 0, 'value'], 'before', password)]), 'stack');

  expect(clean.properties[0]?.after).toMatch(/^«secret:/);
  expect(clean.properties[0]?.before).toMatch(/^«secret:/);
});

test('a secret in an address is removed there and the fingerprint no longer follows from it', () => {
  const scrubber = createScrubber({ key });
  scrubber.learn(sighting({ password }));
  const draft = { ...finding([]), address: `aws_iam_user.u["${password}"]` };

  const { finding: clean } = scrubber.finding(draft, 'stack');

  expect(clean.address).toMatch(/^aws_iam_user\.u\["«secret:password:[0-9a-f]{16}»"\]$/);
  expect(clean.fingerprint).not.toBe(draft.fingerprint);
  expect(scrubber.finding(draft, 'stack').finding.fingerprint).toBe(clean.fingerprint);
});

test('names about a secret, flags and ids stay as they are', () => {
  const scrubber = createScrubber({ key });
  const plain = {
    secret_arn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf',
    token_ttl: 3600,
    key_name: 'deploy-2024',
    kms_key_id: '1f4d2c1e-7a35-4b6f-9a11-0c1de3a5b7c9',
    manage_master_user_password: true,
    public_key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ ops@example',
    password_length: 24,
  };
  scrubber.learn(sighting(plain));

  const { finding: clean, removed } = scrubber.finding(
    finding(Object.entries(plain).map(([name, value]) => property([name], null, value))), 'stack');

  expect(Object.fromEntries(clean.properties.map(({ path, after }) => [path, after]))).toEqual(plain);
  expect(removed).toEqual([]);
});

test('equal values of one tenant match; another tenant or key gives another placeholder', () => {
  const text = `password=${password}`;
  const once = createScrubber({ key, tenant: 'a' }).text(text).text;

  expect(createScrubber({ key, tenant: 'a' }).text(text).text).toBe(once);
  expect(createScrubber({ key, tenant: 'b' }).text(text).text).not.toBe(once);
  expect(createScrubber({ key: new Uint8Array(32), tenant: 'a' }).text(text).text).not.toBe(once);
});

function property(steps: Path, before: DraftProperty['before'], after: DraftProperty['after'], sensitive: readonly Path[] = []): DraftProperty {
  return { path: steps.join('.'), steps, change: 'update', before, after, noise: null, attribution: null, sensitive };
}

function finding(properties: DraftProperty[]): DraftFinding {
  return {
    fingerprint: '0'.repeat(32), address: 'aws_db_instance.main', type: 'aws_db_instance', change: 'modified', cause: 'live_changed',
    severity: 'high', severityRule: 'any', properties, noise: false, movedFrom: null,
  };
}

function sighting(values: JsonObject): Sighting {
  return {
    address: 'aws_db_instance.main', type: 'aws_db_instance', provider: null, id: null, movedFrom: null, ignored: [],
    sides: { recorded: { values, sensitive: [], unknown: [], partial: false } },
  };
}
