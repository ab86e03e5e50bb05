import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { callerIdentityRequest, challengeHeader, stsHost } from '#proto/domain/attestation.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { Voucher } from './voucher.ts';

/** What signs for AWS. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface AwsVoucherOptions {
  readonly policy: string;
  /** Where STS is asked; any region that the account uses will do. */
  readonly region: string;
  /** By default those that the AWS SDK finds: environment, profile, web identity, container, instance. */
  readonly credentials?: () => Promise<AwsCredentials>;
  readonly now?: () => Date;
}

const withinMs = 5_000;

/** AWS, for hosts that have a role. The signed request never leaves with its secret, and is good for one challenge. */
export function createAwsVoucher({ policy, region, credentials = fromSdk, now = () => new Date() }: AwsVoucherOptions): Voucher {
  return { kind: 'aws', policy, evidence };

  async function evidence(challenge: string) {
    const found = await credentials().catch((cause: unknown) => {
      throw new Fault('join-evidence-missing', { join: 'aws', reason: cause instanceof Error ? cause.message : 'no credentials' }, { cause });
    });
    const { SignatureV4 } = await import('@smithy/signature-v4');
    const { accessKeyId, secretAccessKey, sessionToken } = found;
    const signer = new SignatureV4({ service: 'sts', region, credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) }, sha256: Sha256, applyChecksum: false });
    const { method, path, contentType, body } = callerIdentityRequest;
    const hostname = stsHost(region);
    const headers = { host: hostname, 'content-type': contentType, [challengeHeader]: challenge };
    const signed = await signer.sign({ method, protocol: 'https:', hostname, path, query: {}, headers, body }, { signingDate: now() });
    return {
      kind: 'aws',
      region,
      authorization: signed.headers['authorization'] ?? '',
      amzDate: signed.headers['x-amz-date'] ?? '',
      securityToken: signed.headers['x-amz-security-token'] ?? '',
    } as const;
  }
}

async function fromSdk(): Promise<AwsCredentials> {
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  return await fromNodeProviderChain({ timeout: withinMs, clientConfig: { requestHandler: { connectionTimeout: withinMs, requestTimeout: withinMs } } })();
}

/** SHA-256 as the signer of the SDK takes it. */
class Sha256 {
  #hash: Hash | Hmac;
  readonly #secret: Uint8Array | null;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#secret = secret === undefined ? null : toBytes(secret);
    this.#hash = this.#begin();
  }

  update(chunk: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(toBytes(chunk));
  }

  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.#hash.digest());
  }

  reset(): void {
    this.#hash = this.#begin();
  }

  #begin(): Hash | Hmac {
    return this.#secret === null ? createHash('sha256') : createHmac('sha256', this.#secret);
  }
}

function toBytes(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, 'utf8');
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);
}
