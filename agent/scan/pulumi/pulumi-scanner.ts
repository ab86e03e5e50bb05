import { decodeText } from '../source/decode.ts';
import { parseJson } from '../source/parse-json.ts';
import { readBytes } from '../source/read-bytes.ts';
import type { OpenStack, ScanOptions, Scanner, Target } from '../scanner.ts';
import { readDeployment } from './deployment.ts';
import { readDigest, readEvents } from './events.ts';
import { findPulumi } from './find.ts';
import { openDeployment, openEvents } from './open.ts';
import { openProject } from './project.ts';

/** Reads Pulumi: exports, checkpoints, engine events, and projects through their local backend or the CLI. */
export function createPulumiScanner(): Scanner {
  return { kind: 'pulumi', find: findPulumi, open };
}

async function open({ form, path, label }: Target, options: ScanOptions, signal: AbortSignal): Promise<OpenStack> {
  if (form === 'pulumi-project') return openProject(path, label, options, signal);
  const text = decodeText(await readBytes(path, label, signal), label);
  if (form === 'pulumi-events') return openEvents(readEvents(text, label));
  const document = parseJson(text, label);
  return form === 'pulumi-digest' ? openEvents(readDigest(document, label)) : openDeployment(readDeployment(document, label));
}
