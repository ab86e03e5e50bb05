import type { Scanner } from '../scanner.ts';
import { findTargets } from './find/find-targets.ts';
import { openFile } from './open-file.ts';

/** Reads Terraform and OpenTofu: states, plans, shown states, and folders of code against what is recorded or live. */
export function createTerraformScanner(): Scanner {
  return {
    kind: 'terraform',
    find: (path, signal) => findTargets(path, signal),
    open: (target, options, signal) => openFile(target, options, signal),
  };
}
