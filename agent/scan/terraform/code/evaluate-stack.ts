import type { Value } from '../hcl/value.ts';
import type { CodedResource, CodedStack, Undecided } from './coded.ts';
import { createCodeFiles } from './code-files.ts';
import { createLanguage } from './language.ts';
import { createModuleInstance, type StackContext } from './module-instance.ts';
import type { ModuleTree } from './module.ts';
import { foldersOf } from './tree.ts';

export interface StackInput extends Pick<StackContext, 'workspace' | 'recorded'> {
  readonly tree: ModuleTree;
  /** What the root's variables are given. */
  readonly variables: ReadonlyMap<string, Value>;
}

/** Evaluates a stack's code as far as it can be decided: what it asks for, and what cannot be told. */
export function evaluateStack({ tree, variables, workspace, recorded }: StackInput): CodedStack {
  const resources: CodedResource[] = [];
  const undecided: Undecided[] = [];
  const evaluate = createLanguage(createCodeFiles(foldersOf(tree)));
  const root = createModuleInstance(
    tree,
    { address: '', input: (name) => variables.get(name), provider: () => undefined },
    { evaluate, workspace, recorded, rootFolder: tree.module.folder },
  );
  root.collect(resources, undecided);
  return { resources, undecided };
}
