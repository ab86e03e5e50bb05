import type { Path } from '#proto/domain/json.ts';
import { resourceAddress } from '../address.ts';
import { ignoredPaths } from './ignored-paths.ts';
import type { ModuleTree } from './module.ts';

/** The folders of a tree, the root's first. */
export function foldersOf(tree: ModuleTree): readonly string[] {
  const below = [...tree.children.values()].filter((child) => typeof child !== 'string');
  return [...new Set([tree.module.folder, ...below.flatMap(foldersOf)])];
}

/** What `lifecycle.ignore_changes` says of each resource, by its address without instance keys. */
export function ignoredByResource({ module, children }: ModuleTree, path = ''): ReadonlyMap<string, readonly Path[]> {
  const own = [...module.resources.values()].map(({ labels: [type = '', name = ''], body }) => [resourceAddress({ module: path, type, name }), ignoredPaths(body)] as const);
  const below = [...children].flatMap(([name, child]) => (typeof child === 'string' ? [] : [...ignoredByResource(child, path === '' ? `module.${name}` : `${path}.module.${name}`)]));
  return new Map([...own.filter(([, paths]) => paths.length > 0), ...below]);
}
