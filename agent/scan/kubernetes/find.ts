import { beginsAnObject } from './begins-an-object.ts';
import { readHead } from '../source/read-head.ts';
import { findFiles, labelOf, pathsOf } from '../source/find-files.ts';
import type { Target } from '../scanner.ts';

/**
 * The Kubernetes manifests and dumps at a path: a file named by itself, or a folder with all of its manifests as one
 * stack. The templates of Helm charts are left alone, as they are no manifests before they are rendered.
 */
export async function findKubernetes(path: string, signal: AbortSignal): Promise<readonly Target[]> {
  const { root, folders, isFile } = await findFiles(path, signal);
  const targets: Target[] = [];
  const charts: string[] = [];
  for await (const folder of folders) {
    if (folder.files.includes('Chart.yaml')) charts.push(`${folder.path}/templates`);
    if (charts.some((chart) => `${folder.path}/`.startsWith(`${chart}/`))) continue;
    const [first] = await manifestsIn(pathsOf(folder));
    if (first === undefined) continue;
    const place = isFile ? first : folder.path;
    targets.push({ kind: 'kubernetes', form: isFile ? 'kubernetes-objects' : 'kubernetes-folder', path: place, label: labelOf(root, place) });
  }
  return targets;
}

/** Those of these files that hold objects of the Kubernetes API, by a look at their beginning. */
export async function manifestsIn(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map(async (path) => ((await isManifest(path)) ? [path] : [])));
  return found.flat();
}

async function isManifest(path: string): Promise<boolean> {
  if (!/\.(?:ya?ml|json)$/.test(path)) return false;
  const head = (await readHead(path)) ?? '';
  return beginsAnObject(head) && /(?:^|[{,\s])["']?kind["']?\s*:/m.test(head);
}
