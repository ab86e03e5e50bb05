import { createHash, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDetector } from '#secrets/detector.ts';

const detect = createDetector();
const found = (text: string): readonly string[] => detect(text).map(({ rule, start, end }) => `${rule}: ${text.slice(start, end)}`);

const hexOf = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789abcdef'.split('')), minLength: length, maxLength: length });
const baseOf = (alphabet: string, length: number) => fc.string({ unit: fc.constantFrom(...alphabet.split('')), minLength: length, maxLength: length });
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const account = fc.integer({ min: 100_000_000_000, max: 999_999_999_999 }).map(String);
const region = fc.constantFrom('eu-west-1', 'us-east-2', 'ap-southeast-1');
const uuid = fc.uuid();

/** Values as clouds and tools make them; each is drawn anew in every run. */
const values: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'ARN of a role': fc.tuple(account, baseOf(capitals, 12)).map(([id, tail]) => `arn:aws:iam::${id}:role/web-NodeInstanceRole-${tail}`),
  'ARN of a secret': fc.tuple(region, account, baseOf('abcdefABCDEF', 6)).map(([where, id, tail]) => `arn:aws:secretsmanager:${where}:${id}:secret:prod/db-password-${tail}`),
  'ARN of a key': fc.tuple(region, account, uuid).map(([where, id, key]) => `arn:aws:kms:${where}:${id}:key/${key}`),
  'id of EC2': fc.tuple(fc.constantFrom('vpc', 'subnet', 'sg', 'i', 'ami', 'eni', 'vol', 'snap', 'rtb', 'igw', 'nat', 'eipalloc', 'acl', 'lt', 'tgw', 'vpce', 'pcx', 'fs', 'rtbassoc'), hexOf(17)).map(([kind, id]) => `${kind}-${id}`),
  'unique id of IAM': fc.tuple(fc.constantFrom('AROA', 'AIDA', 'AGPA', 'ANPA', 'AIPA'), baseOf(capitals, 17)).map((parts) => parts.join('')),
  'zone of Route 53': baseOf(capitals, 19).map((id) => `Z0${id}`),
  'distribution of CloudFront': baseOf(capitals, 13).map((id) => `E${id}`),
  'UUID': uuid,
  'commit': hexOf(40),
  'digest of an image': fc.tuple(hexOf(64), account).map(([digest, id]) => `${id}.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:${digest}`),
  'bare digest': hexOf(64).map((digest) => `sha256:${digest}`),
  'integrity of npm': fc.uint8Array({ minLength: 64, maxLength: 64 }).map((bytes) => `sha512-${Buffer.from(bytes).toString('base64')}`),
  'hash of a provider': fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => `h1:${Buffer.from(bytes).toString('base64')}`),
  'id of Azure': fc.tuple(uuid, baseOf('abcdefghijk0123456789', 12)).map(([id, name]) => `/subscriptions/${id}/resourceGroups/rg-prod/providers/Microsoft.KeyVault/vaults/kv-${name}`),
  'link of Google': baseOf('0123456789', 12).map((id) => `https://www.googleapis.com/compute/v1/projects/p-${id}/zones/europe-west1-b/instances/web-1`),
  'account of Google': baseOf('0123456789', 21),
  'name of a pod': fc.tuple(baseOf('bcdfghjklmnpqrstvwxz2456789', 10), baseOf('bcdfghjklmnpqrstvwxz2456789', 5)).map(([set, pod]) => `payments-api-${set}-${pod}`),
  'reference to a store': fc.constantFrom('{{resolve:secretsmanager:prod/db:SecretString:password}}', '{{resolve:ssm-secure:/prod/db/password:3}}', '${var.db_password}', 'vault:secret/data/db#password', 'op://prod/db/password', '@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/db/)'),
  'moment': fc.date({ noInvalidDate: true, min: new Date('2000-01-01'), max: new Date('2099-01-01') }).map((date) => date.toISOString()),
  'address': fc.tuple(fc.ipV4(), fc.integer({ min: 8, max: 32 })).map(([ip, bits]) => `${ip}/${bits}`),
  'etag': hexOf(32).map((hash) => `"${hash}"`),
  'host of a database': baseOf('abcdefghijklmnopqrstuvwxyz0123456789', 12).map((id) => `main.${id}.eu-west-1.rds.amazonaws.com:5432`),
};

/** What ends as a name of a secret does; too rare to wait for. */
const tails = ['Pw=', 'xPw==', '/Pw=', '+Pin=', '/Otp=', 'sas='];

test('base64 whose last letters read as a name of a secret is not touched', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const digest = createHash(seed % 2 === 0 ? 'sha256' : 'sha512').update(String(seed)).digest('base64').replaceAll('=', '');
    for (const tail of tails) {
      const blob = `${digest}${tail}`;
      expect([`etag=${blob} done\n`, `"sha512-${blob}"`, `h1:${blob}\nnext line\n`].flatMap(found)).toEqual([]);
    }
  }
});

/** Fields under which such values stand. */
const fields = ['id', 'arn', 'name', 'value', 'vpc_id', 'target', 'source', 'revision', 'resource_version', 'etag', 'checksum', 'image', 'uid', 'lineage', 'kms_key_id', 'secret_arn', 'key_name', 'description', 'owner', 'member', 'self_link', 'endpoint'];

describe('it is not touched as the value of any field, in any syntax:', () => {
  test.each(Object.entries(values))('%s', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, fc.constantFrom(...fields), (value, field) => {
        const texts = [JSON.stringify({ [field]: value }), `${field} = ${JSON.stringify(value)}\n`, `${field}: ${value}\n`, `2026-03-04T05:06:07Z INFO ${field}=${value} done\n`, `  ~ ${field} = ${JSON.stringify(value)} -> ${JSON.stringify(value)}\n`];
        expect(texts.flatMap(found)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

test('certificates, public keys and requests are not touched, as they are, in JSON and in base64', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  const texts = [...rootCertificates.slice(0, 40), pem, `ssh-ed25519 ${randomBytes(51).toString('base64')} ops@host`];

  for (const text of texts) {
    for (const written of [text, JSON.stringify({ certificate: text }), `caBundle: ${Buffer.from(text).toString('base64')}\n`]) expect(found(written)).toEqual([]);
  }
  expect(new X509Certificate(rootCertificates[0] ?? '').subject).not.toBe('');
});

test('images in base64 and data that is drawn at random are not touched', () => {
  const image = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(3_000)]).toString('base64');

  expect(found(`<img src="data:image/png;base64,${image}">`)).toEqual([]);
  expect(found(JSON.stringify({ source_code_hash: createHash('sha256').update(image).digest('base64'), icon: image }))).toEqual([]);
});

test.each([
  ['English', 'The password must be at least twelve characters long; rotate the token every ninety days and keep the secret in a vault.'],
  ['German', 'Das Passwort muss mindestens zwölf Zeichen haben. Das Geheimnis liegt im Tresor, der Schlüssel beim Betrieb.'],
  ['French', 'Le mot de passe doit comporter au moins douze caractères ; le secret et la clé restent dans le coffre.'],
  ['Spanish', 'La contraseña debe tener al menos doce caracteres; el secreto y la clave se guardan en la bóveda.'],
  ['Polish', 'Hasło musi mieć co najmniej dwanaście znaków, a sekret i klucz leżą w sejfie.'],
  ['Japanese', 'パスワードは12文字以上にしてください。シークレットとトークンは金庫に保管します。'],
  ['a runbook', '1. Ask the owner for the password of the replica. 2. Run `vault login` and paste the token. 3. Check that the secret `db-credentials` exists.'],
])('prose in %s is not touched', (_, text) => {
  expect(found(`${text}\n`.repeat(3))).toEqual([]);
});

test('a lock file and a schema of this repository are not touched', () => {
  for (const file of ['package-lock.json', 'package.json', 'tsconfig.json', 'LICENSE']) expect(found(readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8'))).toEqual([]);
});
