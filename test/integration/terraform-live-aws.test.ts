import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFolder } from '#test/harness/folder.ts';
import { scanOne } from '#test/harness/terraform.ts';
import { fingerprintOfFolder, onPath, quietEnvironment, terraform } from '#test/harness/terraform-program.ts';

const mirror = providerMirror();
const absent = [
  onPath('terraform') === undefined ? 'terraform on PATH' : '',
  onPath('moto_server') === undefined ? 'moto_server on PATH' : '',
  existsSync(join(mirror, 'registry.terraform.io/hashicorp/aws')) ? '' : 'a provider mirror with hashicorp/aws (DD0C_TF_MIRROR)',
].filter((part) => part !== '');
const reason = absent.length === 0 ? '' : ` [not run: ${absent.join(', ')}]`;

describe.skipIf(absent.length > 0)(`a real plan of the real AWS provider against an emulator${reason}`, () => {
  let emulator: { readonly url: string; readonly end: () => void };

  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.end());

  test('sees what was changed by hand, and writes nothing', { timeout: 240_000 }, async () => {
    const folder = await makeFolder({ 'stack/main.tf': code(emulator.url), 'rc/terraformrc': `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n` });
    const stack = join(folder, 'stack');
    const env = quietEnvironment(join(folder, 'rc/terraformrc'));
    await terraform(stack, ['init', '-input=false'], env);
    await terraform(stack, ['apply', '-auto-approve', '-input=false'], env);
    const group = (await scanOne(stack)).sightings.find(({ address }) => address === 'aws_security_group.web')?.id ?? '';
    await authorize(emulator.url, group);
    const before = fingerprintOfFolder(stack);

    const { stack: opened, sightings, gaps } = await scanOne(stack, { against: { side: 'live' }, env, timeoutMs: 200_000 });

    expect(fingerprintOfFolder(stack)).toBe(before);
    expect([opened.against, gaps]).toEqual(['live', []]);
    expect(sightings.map(({ address }) => address).sort()).toEqual(['aws_eip.out', 'aws_internet_gateway.out', 'aws_security_group.web', 'aws_subnet.a[0]', 'aws_subnet.a[1]', 'aws_vpc.main']);
    const openToTheWorld = (['recorded', 'live', 'code'] as const).filter((side) => sightings.some(({ sides }) => JSON.stringify(sides[side]?.values['ingress'] ?? null).includes('"0.0.0.0/0"')));
    expect(openToTheWorld).toEqual(['live']);
  });
});

async function startEmulator(): Promise<{ readonly url: string; readonly end: () => void }> {
  const port = await freePort();
  const { AWS_CA_BUNDLE: _, ...env } = process.env;
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { env, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const listening = new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      if (chunk.includes('Running on')) resolve();
    });
    child.once('exit', () => reject(new Error('moto_server ended before it listened')));
  });
  await listening;
  return { url: `http://127.0.0.1:${port}`, end: () => void (child.pid !== undefined && process.kill(-child.pid, 'SIGKILL')) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Opens port 22 to the world, as a person with the AWS CLI would. */
async function authorize(url: string, group: string): Promise<void> {
  const form = new URLSearchParams({
    Action: 'AuthorizeSecurityGroupIngress',
    Version: '2016-11-15',
    GroupId: group,
    'IpPermissions.1.IpProtocol': 'tcp',
    'IpPermissions.1.FromPort': '22',
    'IpPermissions.1.ToPort': '22',
    'IpPermissions.1.IpRanges.1.CidrIp': '0.0.0.0/0',
  });
  const answer = await fetch(url, { method: 'POST', body: form, headers: { authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=x' } });
  if (!answer.ok) throw new Error(`the emulator refused: ${answer.status}`);
}

function code(endpoint: string): string {
  return `
    terraform {
      required_providers {
        aws = { source = "hashicorp/aws" }
      }
    }
    provider "aws" {
      region                      = "us-east-1"
      access_key                  = "test"
      secret_key                  = "test"
      skip_credentials_validation = true
      skip_metadata_api_check     = true
      skip_requesting_account_id  = true
      s3_use_path_style           = true
      endpoints {
        ec2 = "${endpoint}"
        sts = "${endpoint}"
      }
    }
    resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
    resource "aws_subnet" "a" {
      count      = 2
      vpc_id     = aws_vpc.main.id
      cidr_block = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
    }
    resource "aws_security_group" "web" {
      name   = "web"
      vpc_id = aws_vpc.main.id
      ingress {
        from_port   = 443
        to_port     = 443
        protocol    = "tcp"
        cidr_blocks = ["10.0.0.0/8"]
      }
    }
    resource "aws_eip" "out" { domain = "vpc" }
    resource "aws_internet_gateway" "out" { vpc_id = aws_vpc.main.id }
  `;
}

/** DD0C_TF_MIRROR, or a folder where one is usually put. */
function providerMirror(): string {
  const [found] = globSync(['/opt/*/', '/usr/share/terraform/plugins', '/usr/local/share/terraform/plugins'].map((folder) => `${folder}/registry.terraform.io/hashicorp/aws`));
  return process.env['DD0C_TF_MIRROR'] ?? (found === undefined ? '' : join(found, '../../..'));
}
