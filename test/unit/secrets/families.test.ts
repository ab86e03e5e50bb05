import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createDetector } from '#secrets/detector.ts';
import { families } from '#secrets/families.ts';
import type { SecretRule } from '#secrets/family.ts';
import { samplesOf } from './sample.ts';

const detect = createDetector();

describe('families', () => {
  test('there are at least 250, each in a file of its own, and none is forgotten in the list', () => {
    const files = readdirSync(new URL('../../../secrets/families/', import.meta.url)).map((file) => file.replace(/\.ts$/, ''));

    expect(families.length).toBeGreaterThanOrEqual(250);
    expect(files.length).toBe(families.length);
    expect(new Set(families.map(({ name }) => name)).size).toBe(families.length);
  });

  test.each(families.map((family) => [family.name, family] as const))('%s names its source, and each of its rules finds what its form describes', (_, family) => {
    expect(family.source).toMatch(/^https:\/\//);
    expect(family.title).not.toBe('');
    const missed = (family.rules ?? []).filter((rule) => !isFound(`${family.name}/${rule.id}`, rule)).map(({ id }) => id);
    expect(missed).toEqual([]);
  });

  test.each(families.flatMap(({ name, rules }) => (rules ?? []).map((rule) => [`${name}/${rule.id}`, rule] as const)))(
    '%s has keywords by which it can be reached and no unbounded repetition',
    (_, rule) => {
      for (const keyword of rule.keywords) expect(keyword).toMatch(/^[\x20-\x7e\t\n]{2,}$|^\|$/);
      expect(rule.pattern.source.replaceAll(/\\.|\[(?:\\.|[^\]])*\]/g, 'x')).not.toMatch(/[*+](?![^(]*\))|\{\d+,\}/);
    },
  );
});

/** Texts for rules that check what is inside, which no random string passes. */
const made: Readonly<Record<string, readonly string[]>> = {
  'elastic/encoded-key': [`ApiKey ${Buffer.from(`${'aB3dE5'.repeat(3)}9z:${'Qw7eR1'.repeat(4)}`).toString('base64')}`],
  'http/basic': [`basic ${Buffer.from('deploy:x9-Kestrel').toString('base64')}`],
  'http/session-cookie': [`sessionid=${'k3J9xQ2vT8'.repeat(3)}; path=/`],
  'sql/password-clause': [`ALTER ROLE app WITH PASSWORD '${'Tr4iler'}-Mist'`],
  'sql/encryption-clause': [`ENCRYPTION BY PASSWORD = '${'Tr4iler'}-Mist'`],
  'command-line/chpasswd': [`echo "deploy:${'Tr4iler'}-Mist" | chpasswd`],
  'piped-secret/echo': [`echo '${'Tr4iler'}-Mist' | docker login --password-stdin`],
  'printed-secret/named-answer': [`kubectl get secret db -o jsonpath='{.data.password}'\n${'Tr4iler'}-Mist\n`],
  'command-line/login-with-token': [`snyk auth ${['1b4e28ba', '2fa1', '41d2', '883f', '0016d3cca427'].join('-')}\n`],
  'url/user-beside-password': [`postgres://billing_owner:${'Tr4iler'}-Mist@db.internal/app`],
  'url/token': [`https://${'k3J9xQ2vT8'.repeat(3)}@git.internal/app`],
  'credential-file/wifi-code': [`WIFI:T:WPA;S:lobby;P:${'Tr4iler'}-Mist;;`],
  'url/token-in-path': [`GET /v1/token/${'k3J9xQ2vT8'.repeat(3)} HTTP/1.1`],
  'private-key/pem-in-base64': [Buffer.from(`-----BEGIN ${'EC PRIVATE'} KEY-----\n${'MHcx9K'.repeat(20)}\n`).toString('base64')],
};

function isFound(name: string, rule: SecretRule): boolean {
  for (const sample of made[name] ?? samplesOf(rule.pattern, 60, 7)) {
    for (const keyword of rule.keywords) {
      for (const text of [sample, `${keyword}${sample}`, `${keyword} ${sample}`, `${keyword}_token = "${sample}"`, `"${sample}" # ${keyword}`, `${sample}${keyword}`]) {
        if (detect(text).some((hit) => hit.rule === name)) return true;
      }
    }
  }
  return false;
}
