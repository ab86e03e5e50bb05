import { readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { z } from 'zod';

const Manifest = z.object({ Modules: z.array(z.object({ Key: z.string(), Dir: z.string() })) });

/** Where `terraform init` has put the modules of a folder, by call path (`net.subnets`); only below the folder itself. */
export async function installedModules(folder: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(folder, '.terraform', 'modules', 'modules.json'), 'utf8').catch(() => undefined);
  const manifest = Manifest.safeParse(text === undefined ? undefined : parse(text));
  if (!manifest.success) return new Map();
  const found = manifest.data.Modules.map(({ Key, Dir }) => [Key, resolve(folder, Dir)] as const);
  return new Map(found.filter(([key, path]) => key !== '' && path.startsWith(folder + sep)));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
