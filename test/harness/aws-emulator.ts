import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { onPath } from './terraform-program.ts';

/** An emulator of AWS on loopback. */
export interface AwsEmulator {
  readonly url: string;
  /** One call of a service that speaks the query protocol, as a person with the AWS CLI would make it; answers XML. */
  readonly query: (service: string, version: string, action: string, parameters: Readonly<Record<string, string>>) => Promise<string>;
  /** One call of a service that speaks JSON; `target` as in X-Amz-Target. */
  readonly json: (service: string, target: string, body: object) => Promise<unknown>;
  /** One call of S3, by path. */
  readonly s3: (method: string, path: string, body: string) => Promise<void>;
  end(): void;
}

/** A folder with providers for terraform, by DD0C_TF_MIRROR or where one is usually put; empty where there is none. */
export function providerMirror(): string {
  const [found] = globSync(['/opt/*/', '/usr/share/terraform/plugins', '/usr/local/share/terraform/plugins'].map((folder) => `${folder}/registry.terraform.io/hashicorp/aws`));
  return process.env['DD0C_TF_MIRROR'] ?? (found === undefined ? '' : join(found, '../../..'));
}

/** What is missing for a scene in the emulator, as a part of a suite's title; empty where nothing is. */
export function awsSceneReason(): string {
  const absent = [
    onPath('terraform') === undefined ? 'terraform on PATH' : '',
    onPath('moto_server') === undefined ? 'moto_server on PATH' : '',
    existsSync(join(providerMirror(), 'registry.terraform.io/hashicorp/aws')) ? '' : 'a provider mirror with hashicorp/aws (DD0C_TF_MIRROR)',
  ].filter((part) => part !== '');
  return absent.length === 0 ? '' : ` [not run: ${absent.join(', ')}]`;
}

export async function startAwsEmulator(): Promise<AwsEmulator> {
  const port = await freePort();
  const { AWS_CA_BUNDLE: _, ...env } = process.env;
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { env, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      if (chunk.includes('Running on')) resolve();
    });
    child.once('exit', () => reject(new Error('moto_server ended before it listened')));
  });
  const url = `http://127.0.0.1:${port}`;
  return { url, query, json, s3, end: () => void (child.pid !== undefined && process.kill(-child.pid, 'SIGKILL')) };

  async function query(service: string, version: string, action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    return await send(service, { method: 'POST', body: new URLSearchParams({ Action: action, Version: version, ...parameters }) });
  }

  async function json(service: string, target: string, body: object): Promise<unknown> {
    const text = await send(service, { method: 'POST', body: JSON.stringify(body), headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' } });
    return text === '' ? {} : JSON.parse(text);
  }

  async function s3(method: string, path: string, body: string): Promise<void> {
    await send('s3', { method, body }, path);
  }

  async function send(service: string, { headers = {}, ...init }: { method: string; body: string | URLSearchParams; headers?: Readonly<Record<string, string>> }, path = '/'): Promise<string> {
    const authorization = `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=x`;
    const answer = await fetch(`${url}${path}`, { ...init, headers: { ...headers, authorization } });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the emulator refused ${init.method} ${service}${path}: ${answer.status} ${text.slice(0, 300)}`);
    return text;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
