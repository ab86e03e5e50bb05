import { asFault, Fault } from '#proto/domain/fault.ts';
import { patience as realPatience, type Patience } from '../source/aws/ask.ts';
import { decodeText } from '../source/decode.ts';
import { readBytes } from '../source/read-bytes.ts';
import type { OpenStack, ScanOptions, Scanner, Target } from '../scanner.ts';
import { findCloudFormation } from './find.ts';
import { createAhead } from './live/ahead.ts';
import { type AwsStack, findStacks } from './live/find-stacks.ts';
import { placePath, scheme } from './live/place.ts';
import { readStack, unasked } from './live/read-stack.ts';
import { type CloudFormationSettings, defaultSettings } from './live/settings.ts';
import { nameOf, openDrifts, openTemplate } from './open-file.ts';

export interface CloudFormationParts {
  readonly settings?: CloudFormationSettings | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly patience?: Patience | undefined;
}

/**
 * Reads CloudFormation: stacks in AWS by drift detection, and from files what AWS answered to
 * `describe-stack-resource-drifts`, and templates, of which it can only say what they hold.
 */
export function createCloudFormationScanner({ settings = defaultSettings, env = {}, patience = realPatience }: CloudFormationParts = {}): Scanner {
  const found = new Map<string, AwsStack | Fault>();
  const ahead = createAhead();
  return { kind: 'cloudformation', schemes: ['cloudformation'], find, open };

  async function find(path: string, signal: AbortSignal): Promise<readonly Target[]> {
    if (!path.startsWith(scheme)) return findCloudFormation(path, signal);
    ahead.forget(); // what a round that was broken off has begun is old by now
    return await findPlace(path, signal);
  }

  async function findPlace(path: string, signal: AbortSignal): Promise<readonly Target[]> {
    const { targets, stacks } = await findStacks(path, { settings, env, patience }, signal);
    for (const [place, stack] of stacks) found.set(place, stack);
    return targets;
  }

  async function open(target: Target, options: ScanOptions, signal: AbortSignal): Promise<OpenStack> {
    if (target.form === 'cloudformation-stack') return openStack(target, options, signal);
    if (target.form === 'cloudformation-template' && options.against.side === 'live') return openMade(target, options, signal);
    const text = decodeText(await readBytes(target.path, target.label, signal), target.label);
    if (target.form === 'cloudformation-template') return openTemplate(text, target.label);
    const { against } = options;
    return openDrifts(text, target.label, against.side === 'file' ? await readTemplate(against.path, signal) : null);
  }

  async function openStack({ path, label }: Target, { against, timeoutMs, upcoming = [] }: ScanOptions, signal: AbortSignal): Promise<OpenStack> {
    const known = found.get(path);
    if (known === undefined || known instanceof Fault) throw known ?? new Fault('stack-missing', { stack: path });
    const { cloud, stack, account } = known;
    const file = against.side === 'file' ? against.path : account.templates[stack];
    const template = file === undefined ? null : await readTemplate(file, signal).catch((error: unknown) => asFault(error));
    const begun = ahead.take(path);
    if (against.side !== 'code') ahead.begin(cloud, upcoming.flatMap((target) => stackAt(target.path)), signal);
    const wish = { stack, template, undetected: against.side === 'code' ? unasked : null, begun, source: label };
    const reading = await readStack(wish, { cloud, patience, timeoutMs }, signal);
    return { id: nameOf(reading.id), against: reading.against, lineage: null, serial: null, sightings: () => reading.sightings, gaps: () => reading.gaps };
  }

  function stackAt(path: string): readonly (AwsStack & { readonly path: string })[] {
    const known = found.get(path);
    return known === undefined || known instanceof Fault ? [] : [{ ...known, path }];
  }

  /** A template that dd0c.yaml names as a stack's. */
  async function openMade(target: Target, options: ScanOptions, signal: AbortSignal): Promise<OpenStack> {
    for (const { name, regions, templates } of settings.accounts) {
      const [stack] = Object.entries(templates).find(([, file]) => file === target.path) ?? [];
      if (stack === undefined) continue;
      const [place] = await findPlace(placePath({ account: name, region: regions[0] ?? '', stack }), signal);
      if (place !== undefined) return openStack({ ...place, label: target.label }, options, signal);
    }
    throw new Fault('stack-unnamed', { source: target.label });
  }
}

async function readTemplate(path: string, signal: AbortSignal): Promise<{ readonly text: string; readonly label: string }> {
  return { text: decodeText(await readBytes(path, path, signal), path), label: path };
}
