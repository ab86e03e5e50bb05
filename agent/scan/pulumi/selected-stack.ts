import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { homeOf } from './backend.ts';

/** What `pulumi stack select` writes: in newer versions one stack for each backend. */
const Selection = z.object({ stack: z.string().optional(), stacks: z.record(z.string(), z.string()).optional() });

export interface SelectedIn {
  readonly folder: string;
  readonly project: string;
  readonly url: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The stack that `pulumi stack select` chose for a project on this host, or undefined. */
export async function selectedStack({ folder, project, url, env }: SelectedIn): Promise<string | undefined> {
  for (const name of ['Pulumi.yaml', 'Pulumi.yml']) {
    const path = createHash('sha1').update(join(resolve(folder), name)).digest('hex'); // a name, as Pulumi makes it
    const text = await readFile(join(homeOf(env), 'workspaces', `${project.replaceAll('/', '-')}-${path}-workspace.json`), 'utf8').catch(() => null);
    const selection = text === null ? undefined : Selection.safeParse(parsed(text)).data;
    const found = selection?.stacks?.[url] ?? selection?.stack;
    if (found !== undefined) return found;
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
