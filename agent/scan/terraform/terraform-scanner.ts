import { basename } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import type { OpenStack, ScanOptions, Scanner, Target } from '../scanner.ts';
import { createTurns, type Turns } from '../source/cli/turns.ts';
import { findTargets } from './find/find-targets.ts';
import { defaultStateName } from './layout.ts';
import { placeOfFolder, placeOfState, type Place } from './locate-state.ts';
import { openFile } from './open-file.ts';
import { openFolder } from './open-folder.ts';
import { openLive } from './open-live.ts';

/** Reads Terraform and OpenTofu: states, plans, shown states, and folders of code against what is recorded or live. */
export function createTerraformScanner(): Scanner {
  const installing = createTurns();
  return { kind: 'terraform', schemes: ['s3'], find: findTargets, waits: isPlanned, open: (target, options, signal) => open(target, options, installing, signal) };
}

function isPlanned({ form }: Target, { against }: ScanOptions): boolean {
  return against.side === 'live' && form !== 'terraform-plan';
}

async function open(target: Target, options: ScanOptions, installing: Turns, signal: AbortSignal): Promise<OpenStack> {
  const place = await placeOf(target, options);
  if (place !== null) return options.against.side === 'live' ? openLive(target, { place, installing }, options, signal) : openFolder(target, place, options, signal);
  if (isPlanned(target, options)) throw new Fault('live-needs-code', { source: target.label });
  return openFile(target, options, signal);
}

async function placeOf(target: Target, options: ScanOptions): Promise<Place | null> {
  if (target.form === 'terraform-object') return null;
  if (target.form === 'terraform-folder') return placeOfFolder(target.path, options.env);
  return target.form !== 'terraform-plan' && wantsCode(target, options) ? placeOfState(target.path) : null;
}

/** A state is compared with the code beside it where it is asked for, or where the state is that code's own. */
function wantsCode({ form, path }: Target, { against }: ScanOptions): boolean {
  if (against.side === 'file') return false;
  if (form === 'terraform-workspace' || (form === 'terraform-state' && basename(path) === defaultStateName)) return true;
  return against.side === 'code';
}
