import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { constantJson } from '../hcl/constant-json.ts';
import { parseBody } from '../hcl/parse-body.ts';

/** A provider that `init` installed for a folder. */
export interface Plugin {
  /** As in `registry.terraform.io/hashicorp/aws`. */
  readonly source: string;
  /** Where its program lies, for this platform. */
  readonly folder: string;
  /** Changes with every write to its files, since nobody but root can set the time of a change (ctime) back. */
  readonly mark: string;
}

/** The providers of a folder in the versions that its lock file chose. Those that are not there or unclear are left out. */
export async function pluginsOf(folder: string): Promise<readonly Plugin[]> {
  const found = await Promise.all((await locked(folder)).map(({ source, version }) => installed(join(folder, '.terraform', 'providers', source, version), source)));
  return found.filter((plugin) => plugin !== undefined);
}

/**
 * The settings for a command that only reads schemas, right after one that has compared these providers with their
 * checksums: it takes the same files without reading them whole once more. A provider whose files were touched between
 * is left to be compared again. Null where none is left.
 * Format: https://developer.hashicorp.com/terraform/cli/config/config-file#development-overrides-for-provider-developers
 */
export function trusting(before: readonly Plugin[], after: readonly Plugin[]): string | null {
  const same = after.filter(({ source, mark }) => before.some((plugin) => plugin.source === source && plugin.mark === mark));
  if (same.length === 0) return null;
  return `provider_installation {\n  dev_overrides {\n${same.map(({ source, folder }) => `    ${JSON.stringify(source)} = ${JSON.stringify(folder)}\n`).join('')}  }\n  direct {}\n}\n`;
}

interface Choice {
  readonly source: string;
  readonly version: string;
}

const plainSource = /^[\w.:-]+(?:\/[\w-]+){2}$/;
const plainVersion = /^\d[\w.+-]*$/;

async function locked(folder: string): Promise<readonly Choice[]> {
  try {
    const { blocks } = parseBody(await readFile(join(folder, '.terraform.lock.hcl'), 'utf8'));
    return blocks.flatMap(({ type, labels: [source = ''], body }) => {
      const chosen = body.attributes.get('version');
      const version = chosen === undefined ? undefined : constantJson(chosen.value);
      return type === 'provider' && plainSource.test(source) && typeof version === 'string' && plainVersion.test(version) ? [{ source, version }] : [];
    });
  } catch {
    return []; // terraform itself will say what is wrong with it
  }
}

async function installed(versionFolder: string, source: string): Promise<Plugin | undefined> {
  try {
    const [platform, ...others] = await readdir(versionFolder);
    if (platform === undefined || others.length > 0) return undefined;
    const folder = join(versionFolder, platform);
    if (/["\\$%]/.test(folder)) return undefined; // would have to be escaped
    const names = (await readdir(folder)).toSorted();
    const marks = await Promise.all(names.map(async (name) => `${name} ${await markOf(join(folder, name))}`));
    return { source, folder, mark: marks.join('\n') };
  } catch {
    return undefined;
  }
}

async function markOf(path: string): Promise<string> {
  const { dev, ino, size, ctimeNs } = await stat(path, { bigint: true });
  return [dev, ino, size, ctimeNs].join(':');
}
