import type { Path } from '#proto/domain/json.ts';

/** Paths, each covering everything below it. */
export interface PathSet {
  readonly isEmpty: boolean;
  /** True where one of the paths is this place or stands above it. */
  covers(steps: Path): boolean;
  /** The paths at or below this place, relative to it; `[[]]` where it is covered. */
  below(steps: Path): readonly Path[];
}

interface Node {
  isEnd: boolean;
  readonly next: Map<string | number, Node>;
}

export function pathSet(paths: readonly Path[]): PathSet {
  if (paths.length === 0) return none;
  const root: Node = { isEnd: false, next: new Map() };
  for (const path of paths) add(root, path);
  return { isEmpty: false, covers, below };

  function covers(steps: Path): boolean {
    return find(root, steps) === 'covered';
  }

  function below(steps: Path): readonly Path[] {
    const found = find(root, steps);
    if (found === 'covered') return [[]];
    return found === undefined ? [] : ends(found);
  }
}

const none: PathSet = { isEmpty: true, covers: () => false, below: () => [] };

function add(root: Node, path: Path): void {
  let node = root;
  for (const step of path) {
    const known = node.next.get(step);
    const next = known ?? { isEnd: false, next: new Map() };
    if (known === undefined) node.next.set(step, next);
    node = next;
  }
  node.isEnd = true;
}

function find(root: Node, steps: Path): Node | 'covered' | undefined {
  let node: Node | undefined = root;
  for (const step of steps) {
    if (node.isEnd) return 'covered';
    node = node.next.get(step);
    if (node === undefined) return undefined;
  }
  return node.isEnd ? 'covered' : node;
}

function ends(node: Node): readonly Path[] {
  if (node.isEnd) return [[]];
  return [...node.next].flatMap(([step, next]) => ends(next).map((path) => [step, ...path]));
}
