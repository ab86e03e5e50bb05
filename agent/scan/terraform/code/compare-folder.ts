import { Fault } from '#proto/domain/fault.ts';
import type { Gap } from '#proto/domain/resource.ts';
import type { RecordedResource, RecordedStack } from '../recorded/recorded.ts';
import { compareCode, type Compared } from './compare-code.ts';
import { evaluateStack } from './evaluate-stack.ts';
import { applyMoves } from './moves.ts';
import { givenVariables } from './variables.ts';
import type { ModuleTree } from './module.ts';

export interface FolderInput {
  readonly tree: ModuleTree;
  readonly source: string;
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A text says why there is no state to compare with. */
  readonly recorded: RecordedStack | string;
}

/** Compares a folder's code with its state; without one, everything that the code asks for is listed as not checked. */
export async function compareFolder({ tree, source, workspace, env, recorded }: FolderInput): Promise<Compared> {
  const variables = await givenVariables(tree.module, env, source);
  const { resources, data: read, gaps } = typeof recorded === 'string' ? nothing : recorded;
  const held = applyMoves(resources, tree);
  const data = new Map(read.map((resource) => [dataAddress(resource), resource]));
  const compared = withinStack(source, () => {
    const coded = evaluateStack({ tree, variables, workspace, recorded: (address) => held.get(address)?.resource ?? data.get(address) });
    return compareCode(coded, held, gaps);
  });
  return typeof recorded === 'string' ? withoutState(compared, recorded) : compared;
}

/** Values that hold one another thousands of levels deep cannot be walked. */
function withinStack<T>(source: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw new Fault('code-unreadable', { source, reason: 'its values nest too deeply' });
    throw error;
  }
}

const nothing: Pick<RecordedStack, 'resources' | 'data' | 'gaps'> = { resources: [], data: [], gaps: [] };

function dataAddress({ address, module, type, name }: RecordedResource): string {
  const prefix = module === '' ? '' : `${module}.`;
  const key = address.slice(`${prefix}${type}.${name}`.length);
  return `${prefix}data.${type}.${name}${key}`;
}

function withoutState({ sightings, gaps }: Compared, why: string): Compared {
  return { sightings: [], gaps: [...gaps, ...sightings.map(({ address }): Gap => ({ address, state: 'stale', reason: `the code asks for it; ${why}` }))] };
}
