import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { parseJson } from '../source/parse-json.ts';
import type { OpenStack, ScanOptions } from '../scanner.ts';
import { readDeployment } from './deployment.ts';
import { previewRefresh } from './live/refresh.ts';
import { openDeployment, openEvents } from './open.ts';

const Project = z.object({ name: z.string(), backend: z.object({ url: z.string() }).partial().optional() });

/**
 * A project folder: through the CLI where a live comparison is asked for, else through the checkpoint in a local
 * backend, which is read as it lies there.
 * @throws Fault `pulumi-state-missing` where there is neither, `pulumi-stack-unclear` where there are several stacks
 */
export async function openProject(folder: string, label: string, { against, env, timeoutMs }: ScanOptions, signal: AbortSignal): Promise<OpenStack> {
  if (against.side === 'live') return openEvents(await previewRefresh({ project: folder, stack: env['PULUMI_STACK'] ?? null, env, timeoutMs, signal }));
  const project = await readProject(folder, label);
  const backend = env['PULUMI_BACKEND_URL'] ?? project.backend?.url;
  if (backend === undefined || !backend.startsWith('file://')) throw new Fault('pulumi-state-missing', { source: label });
  const stacks = join(localPath(backend, folder, env['HOME']), '.pulumi', 'stacks', project.name);
  const path = join(stacks, await chosenStack(stacks, label, env['PULUMI_STACK']));
  return openDeployment(readDeployment(parseJson(await readFile(path, 'utf8'), path), label));
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

/** `file://~`, `file://./state` and `file:///srv/state`, as the CLI takes them. */
function localPath(url: string, folder: string, home: string | undefined): string {
  const path = url.slice('file://'.length);
  if (path.startsWith('~')) return join(home ?? '', path.slice(1));
  return path.startsWith('/') ? fileURLToPath(url) : resolve(folder, path);
}

async function chosenStack(stacks: string, label: string, asked: string | undefined): Promise<string> {
  const files = (await readdir(stacks).catch(() => [])).filter((file) => file.endsWith('.json'));
  const wanted = asked === undefined ? files : files.filter((file) => file === `${asked}.json`);
  const [only, ...others] = wanted;
  if (only === undefined) throw new Fault('pulumi-state-missing', { source: label, stack: asked });
  if (others.length > 0) throw new Fault('pulumi-stack-unclear', { source: label, stacks: wanted.map((file) => file.slice(0, -'.json'.length)).join(', ') });
  return only;
}
