import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const Manifest = z.looseObject({ name: z.string(), version: z.string(), license: z.string().optional() });

/** What is owed to the authors of what went into the executable: every package with its licence, and Node's own. */
export async function notices(modules: readonly string[], nodeFolder: string): Promise<string> {
  const packages = [...new Set([...modules.flatMap(packageFolder), nodeFolder])].sort();
  const texts = await Promise.all(packages.map(notice));
  return `dd0c-agent is built from these packages. Each is under its own licence, which follows its name.\n\n${texts.join('\n')}`;
}

function packageFolder(module: string): readonly string[] {
  const [folder] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module) ?? [];
  return folder === undefined ? [] : [folder];
}

async function notice(folder: string): Promise<string> {
  const manifest = existsSync(join(folder, 'package.json')) ? Manifest.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))) : { name: 'node', version: '', license: 'MIT' };
  const file = (await readdir(folder)).find((name) => /^(?:licen[cs]e|copying)/i.test(name));
  const text = file === undefined ? '' : await readFile(join(folder, file), 'utf8');
  return `${'='.repeat(80)}\n${manifest.name} ${manifest.version} (${manifest.license ?? 'see below'})\n${'='.repeat(80)}\n${text.trim()}\n`;
}

/** The folder of the package that a Node binary came in. */
export function folderOfNode(binary: string): string {
  return dirname(dirname(binary));
}
