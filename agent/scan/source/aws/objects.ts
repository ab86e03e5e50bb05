import { addAbortSignal, Readable } from 'node:stream';
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { Fault } from '#proto/domain/fault.ts';
import { type AwsAccess, clientConfig } from './access.ts';
import { ask, createBudget, patience } from './ask.ts';
import { awsCode } from './aws-fault.ts';
import { maxSourceBytes } from '../read-bytes.ts';

/** One bucket, read only. */
export interface Bucket {
  /**
   * @throws Fault `object-missing`, `source-too-large`, `aws-…`
   */
  read(key: string): Promise<Buffer>;
  /** The keys that begin with a prefix, at most a thousand. */
  list(prefix: string): Promise<readonly string[]>;
}

export interface BucketPlace {
  readonly bucket: string;
  readonly access: AwsAccess;
  /** `http://host/bucket/key` rather than `http://bucket.host/key`. */
  readonly isPathStyle?: boolean | undefined;
  /** In base64, for objects that are encrypted with a key of the customer's own (SSE-C). */
  readonly customerKey?: string | undefined;
  /** For people. */
  readonly source: string;
}

/** For one object or list, however slowly it comes. */
const timeoutMs = 10 * 60_000;

/** More requests than this are not needed for one object, whatever goes wrong. */
const maxRequests = 50;

/** Opens a bucket. A client that names the wrong region is led to the right one. */
export async function openBucket({ bucket, access, isPathStyle, customerKey, source }: BucketPlace, stop: AbortSignal): Promise<Bucket> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([stop, deadline]);
  const { GetObjectCommand, ListObjectsV2Command, S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client({ ...(await clientConfig(access)), followRegionRedirects: true, ...(isPathStyle !== undefined && { forcePathStyle: isPathStyle }) });
  const budget = createBudget(maxRequests);
  const encryption = customerKey === undefined ? {} : { SSECustomerAlgorithm: 'AES256', SSECustomerKey: customerKey }; // the client adds its hash
  return { read, list };

  async function read(key: string): Promise<Buffer> {
    try {
      return await ask(async (abortSignal) => bytesOf(await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...encryption }), { abortSignal }), source, abortSignal), { action: 's3:GetObject', source, budget, patience, signal });
    } catch (error) {
      stop.throwIfAborted();
      if (deadline.aborted) throw new Fault('aws-timeout', { source, seconds: timeoutMs / 1_000 });
      const code = awsCode(error instanceof Fault ? error.cause : error);
      if (code === 'NoSuchKey' || code === 'NoSuchBucket' || code === 'NotFound') throw new Fault('object-missing', { source, answer: code }, { cause: error });
      throw error;
    }
  }

  async function list(prefix: string): Promise<readonly string[]> {
    const answer = await ask((abortSignal) => client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }), { abortSignal }), { action: 's3:ListBucket', source, budget, patience, signal });
    return (answer.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
  }
}

async function bytesOf({ Body, ContentLength }: GetObjectCommandOutput, source: string, signal: AbortSignal): Promise<Buffer> {
  if (!(Body instanceof Readable)) return Buffer.alloc(0); // in Node it is one, or there is nothing
  if (ContentLength !== undefined) refuseTooLarge(ContentLength, source);
  addAbortSignal(signal, Body); // a body that never ends must not outlive the scan
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of Body) {
    const part: unknown = chunk;
    if (!Buffer.isBuffer(part)) continue;
    chunks.push(part);
    bytes += part.length;
    refuseTooLarge(bytes, source);
  }
  return Buffer.concat(chunks);
}

function refuseTooLarge(bytes: number, source: string): void {
  if (bytes > maxSourceBytes) throw new Fault('source-too-large', { source, bytes, limit: maxSourceBytes });
}
