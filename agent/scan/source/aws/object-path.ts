import { openBucket } from './objects.ts';

/** An object named on the command line. */
export interface ObjectPath {
  readonly bucket: string;
  readonly key: string;
}

/** `s3://bucket/key`, or null for anything else. */
export function parseObjectPath(path: string): ObjectPath | null {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(path) ?? [];
  return bucket === undefined || key === undefined ? null : { bucket, key };
}

/**
 * The object at a path, with the credentials and region of the environment.
 * @throws Fault `object-missing`, `source-too-large`, `aws-…`
 */
export async function readObject({ bucket, key }: ObjectPath, env: Readonly<Record<string, string | undefined>>, signal: AbortSignal): Promise<Buffer> {
  const opened = await openBucket({ bucket, access: { env }, source: `s3://${bucket}/${key}` }, signal);
  return opened.read(key);
}
