import { basename } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import type { OpenStack, ScanOptions, Scanner, Target } from '../scanner.ts';
import { findTargets } from './find/find-targets.ts';
import { defaultStateName } from './layout.ts';
import { placeOfFolder, placeOfState } from './locate-state.ts';
import { openFile } from './open-file.ts';
import { openFolder } from './open-folder.ts';

/** Reads Terraform and OpenTofu: states, plans, shown states, and folders of code against what is recorded or live. */
export function createTerraformScanner(): Scanner {
  return { kind: 'terraform', find: findTargets, open };
}

async function open(target: Target, options: ScanOptions, signal: AbortSignal): Promise<OpenStack> {
  if (target.form === 'terraform-folder') return openFolder(target, await placeOfFolder(target.path, options.env), options, signal);
  const place = target.form === 'terraform-plan' || !wantsCode(target, options) ? null : await placeOfState(target.path);
  if (place !== null) return openFolder(target, place, options, signal);
  if (options.against.side === 'live' && target.form !== 'terraform-plan') throw new Fault('live-needs-code', { source: target.label });
  return openFile(target, options, signal);
}

/** A state is compared with the code beside it where it is asked for, or where the state is that code's own. */
function wantsCode({ form, path }: Target, { against }: ScanOptions): boolean {
  if (against.side === 'file') return false;
  return against.side !== 'best' || form === 'terraform-workspace' || (form === 'terraform-state' && basename(path) === defaultStateName);
}
