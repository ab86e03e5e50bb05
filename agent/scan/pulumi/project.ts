import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { decodeText } from '../source/decode.ts';
import { parseJson } from '../source/parse-json.ts';
import { maxSourceBytes } from '../source/read-bytes.ts';
import type { OpenStack, ScanOptions } from '../scanner.ts';
import { chosenByLogin, openStore, type StackStore } from './backend.ts';
import { readDeployment } from './deployment.ts';
import { previewProgram, previewRefresh } from './live/engine.ts';
import { openDeployment, openEvents } from './open.ts';
import { selectedStack } from './selected-stack.ts';

const Project = z.object({ name: z.string(), backend: z.object({ url: z.string() }).partial().optional() });

/**
 * A project folder: through the CLI where a comparison with what is live or with the program is asked for, else through
 * the checkpoint in a local backend or one in S3, which is read as it lies there, without running anything.
 * @throws Fault `pulumi-state-missing` where there is neither, `pulumi-stack-unclear` where there are several stacks
 */
export async function openProject(folder: string, label: string, { against, env, timeoutMs, backends }: ScanOptions, signal: AbortSignal): Promise<OpenStack> {
  const asked = { project: folder, label, stack: env['PULUMI_STACK'] ?? null, env, timeoutMs, signal };
  if (against.side === 'live') return openEvents(await previewRefresh(asked), 'live');
  if (against.side === 'code') return openEvents(await previewProgram(asked), 'code');
  const project = await readProject(folder, label);
  const url = env['PULUMI_BACKEND_URL'] ?? project.backend?.url ?? (await chosenByLogin(env));
  if (url === undefined || (backends === 'leave' && !url.startsWith('file://'))) throw new Fault('pulumi-state-missing', { source: label });
  const store = await openStore({ url, folder, env, label }, signal);
  const path = await chosenStack(store, project.name, label, env['PULUMI_STACK'] ?? (await selectedStack({ folder, project: project.name, url, env })));
  return openCheckpoint(await store.read(path), path, label);
}

/** Reads a checkpoint as a backend keeps it, packed or not. */
export function openCheckpoint(bytes: Buffer, name: string, label: string): OpenStack {
  const text = decodeText(name.endsWith('.gz') ? unpack(bytes, label) : bytes, label);
  return openDeployment(readDeployment(parseJson(text, label), label));
}

/** @throws Fault `source-too-large` where it would fill the memory */
function unpack(bytes: Buffer, source: string): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxSourceBytes });
  } catch (cause) {
    const isTooLarge = cause instanceof RangeError;
    throw isTooLarge ? new Fault('source-too-large', { source, limit: maxSourceBytes }, { cause }) : new Fault('source-truncated', { source }, { cause });
  }
}

async function readProject(folder: string, label: string): Promise<z.infer<typeof Project>> {
  for (const name of ['Pulumi.yaml', 'Pulumi.yml']) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => null);
    if (text === null) continue;
    const project = Project.safeParse(parsed(text));
    if (project.success) return project.data;
  }
  throw new Fault('pulumi-unreadable', { source: label, at: 'Pulumi.yaml' });
}

function parsed(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100, logLevel: 'silent' });
  } catch {
    return null;
  }
}

/** Stacks lie in a folder of their project; in backends from before 2023 all in one. */
async function chosenStack(store: StackStore, project: string, label: string, asked: string | undefined): Promise<string> {
  for (const folder of [`.pulumi/stacks/${project}`, '.pulumi/stacks']) {
    const files = (await store.list(folder)).filter((name) => /\.json(?:\.gz)?$/.test(name));
    const wanted = asked === undefined ? files : files.filter((name) => stackName(name) === asked.split('/').at(-1));
    const [only, ...others] = wanted;
    if (others.length > 0) throw new Fault('pulumi-stack-unclear', { source: label, stacks: wanted.map(stackName).join(', ') });
    if (only !== undefined) return `${folder}/${only}`;
  }
  throw new Fault('pulumi-state-missing', { source: label, stack: asked });
}

function stackName(file: string): string {
  return file.replace(/\.json(?:\.gz)?$/, '');
}
