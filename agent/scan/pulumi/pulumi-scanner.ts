import { parseObjectPath, readObject } from '../source/aws/object-path.ts';
import { decodeText } from '../source/decode.ts';
import { parseJson } from '../source/parse-json.ts';
import { readBytes } from '../source/read-bytes.ts';
import type { OpenStack, ScanOptions, Scanner, Target } from '../scanner.ts';
import { readDeployment } from './deployment.ts';
import { readDigest } from './digest.ts';
import { readEvents } from './events.ts';
import { findPulumi } from './find.ts';
import { openDeployment, openEvents } from './open.ts';
import { openCheckpoint, openProject } from './project.ts';

/** Reads Pulumi: exports, checkpoints, engine events, and projects through their backend in a folder or in S3, or the CLI. */
export function createPulumiScanner(): Scanner {
  return { kind: 'pulumi', schemes: ['s3'], find, waits: runsTheCli, open };
}

function runsTheCli({ form }: Target, { against }: ScanOptions): boolean {
  return form === 'pulumi-project' && (against.side === 'live' || against.side === 'code');
}

async function find(path: string, signal: AbortSignal): Promise<readonly Target[]> {
  if (parseObjectPath(path) === null) return findPulumi(path, signal);
  return /\/\.pulumi\/stacks\/.*\.json(?:\.gz)?$/.test(path) ? [{ kind: 'pulumi', form: 'pulumi-object', path, label: path }] : [];
}

async function open({ form, path, label }: Target, options: ScanOptions, signal: AbortSignal): Promise<OpenStack> {
  const object = parseObjectPath(path);
  if (object !== null) return openCheckpoint(await readObject(object, options.env, signal), path, label);
  if (form === 'pulumi-project') return openProject(path, label, options, signal);
  if (form === 'pulumi-checkpoint') return openCheckpoint(await readBytes(path, label, signal), path, label);
  const text = decodeText(await readBytes(path, label, signal), label);
  if (form === 'pulumi-events') return openEvents(readEvents(text, label));
  const document = parseJson(text, label);
  return form === 'pulumi-digest' ? openEvents(readDigest(document, label)) : openDeployment(readDeployment(document, label));
}
