import { join } from 'node:path';
import type { z } from 'zod';
import { createHasher } from '#agent/diff/recollection.ts';
import { createChain } from '#agent/normalise/chain.ts';
import { rules } from '#agent/normalise/rules.ts';
import { createDiff, type Outcome } from '#agent/diff/diff.ts';
import { createKubernetesScanner } from '#agent/scan/kubernetes/kubernetes-scanner.ts';
import { KubernetesSettings } from '#agent/scan/kubernetes/settings.ts';
import type { Against } from '#agent/scan/scanner.ts';
import type { Gap, Sighting } from '#proto/domain/resource.ts';

export interface KubernetesScan {
  readonly against: string;
  readonly checked: readonly string[];
  /** One line for each property that differs and counts: `address path change who`. */
  readonly real: readonly string[];
  /** The same of what is told and not counted, with the rule's name. */
  readonly noise: readonly string[];
  readonly sightings: readonly Sighting[];
  readonly gaps: readonly Gap[];
}

export interface KubernetesScanOptions {
  readonly against: Against;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs?: number;
  /** Names of normalising rules that are switched off. */
  readonly off?: readonly string[];
  readonly signal?: AbortSignal;
  readonly settings?: z.input<typeof KubernetesSettings>;
}

/** Scans a file or folder and compares what was seen, with the rules of the agent. */
export async function scanKubernetes(path: string, { against, env = {}, timeoutMs = 30_000, off = [], signal = new AbortController().signal, settings = {} }: KubernetesScanOptions): Promise<KubernetesScan> {
  const target = { kind: 'kubernetes', form: 'kubernetes-folder', path: join(path), label: 'k8s' } as const;
  const stack = await createKubernetesScanner(KubernetesSettings.parse(settings)).open(target, { against, env, timeoutMs }, signal);
  const sightings = await Array.fromAsync(stack.sightings());
  return { against: stack.against, ...compareAll(sightings, off), sightings, gaps: stack.gaps() };
}

/** Compares sightings as a scan does. */
export function compareAll(sightings: readonly Sighting[], off: readonly string[] = []): Pick<KubernetesScan, 'checked' | 'real' | 'noise'> {
  const compare = createDiff({ stackId: 'k8s', normaliser: createChain(rules, new Set(off)), hasher: createHasher(new Uint8Array(32)), recall: () => null });
  const outcomes = sightings.map((sighting) => [sighting, compare(sighting)] as const);
  const lines = outcomes.flatMap(([{ address }, outcome]) => linesOf(address, outcome));
  return {
    checked: outcomes.filter(([, { isChecked }]) => isChecked).map(([{ address }]) => address),
    real: lines.filter(([noise]) => noise === null).map(([, line]) => line).toSorted(),
    noise: lines.filter(([noise]) => noise !== null).map(([noise, line]) => `${line} (${noise})`).toSorted(),
  };
}

function linesOf(address: string, { comparison }: Outcome): readonly (readonly [string | null, string])[] {
  if (comparison === null) return [];
  const { change, properties } = comparison.finding;
  if (change !== 'modified') return [[null, `${address} ${change}`]];
  return properties.map(({ path, change: what, noise, attribution }) => [noise, `${address} ${path} ${what} by ${attribution?.who ?? 'nobody'}`]);
}
