import type { OpenStack, Scanner } from '../../scan/scanner.ts';

/** The same scanners, but a stack at a path that has a name is reported under that name. */
export function nameStacks(scanners: readonly Scanner[], names: ReadonlyMap<string, string>): readonly Scanner[] {
  if (names.size === 0) return scanners;
  return scanners.map((scanner) => ({
    ...scanner,
    async open(target, options, signal): Promise<OpenStack> {
      const stack = await scanner.open(target, options, signal);
      const { against, lineage, serial } = stack;
      return { id: names.get(target.path) ?? stack.id, against, lineage, serial, sightings: () => stack.sightings(), gaps: () => stack.gaps() };
    },
  }));
}
