import type { Scanner } from '../../scan/scanner.ts';

/** The same scanners, but they find no stack elsewhere than at these paths. */
export function onlyAt(scanners: readonly Scanner[], paths: ReadonlySet<string>): readonly Scanner[] {
  return scanners.map((scanner) => ({
    ...scanner,
    find: async (path, signal) => (await scanner.find(path, signal)).filter((target) => paths.has(target.path)),
  }));
}
