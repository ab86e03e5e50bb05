import { Fault } from '#proto/domain/fault.ts';
import type { Tier } from '#proto/domain/step.ts';
import { type Broker, openBroker } from './broker/open-broker.ts';
import { bubblewrap, findBubblewrap } from './drivers/bubblewrap.ts';
import { direct } from './drivers/direct.ts';
import type { Driver, Shown } from './drivers/driver.ts';
import { openKernel } from './launch/kernel.ts';
import { openLaunchProgram } from './launch/program.ts';
import { openCgroups } from './limits/cgroup.ts';
import { proveTier } from './proof/prove.ts';
import type { Sandbox, TierProof } from './sandbox.ts';
import { createFilters } from './seccomp/compile.ts';
import type { StepParts } from './step/parts.ts';
import { runStep } from './step/run-step.ts';
import { openSpare } from './step/spare.ts';
import { subreaper } from './tree/subreaper.ts';

export interface SandboxOptions {
  readonly random: (below: number) => number;
  readonly now: () => number;
  /** Which tiers are tried; the default is both. A weaker one is not tried where `strongest` holds already. */
  readonly prove?: 'all' | 'strongest' | Tier;
  /** Keeps a launcher ready for the next step, at first for one like this. */
  readonly spareFor?: Shown;
  /** Uses no more of Landlock than this version has, as an older kernel would; for tests. */
  readonly landlockAtMost?: number;
}

export interface OpenSandbox extends Sandbox {
  /** When a launcher waits for the next step, if one is kept: its process, or null. */
  rested(): Promise<number | null>;
  /** Ends what serves the steps. */
  close(): Promise<void>;
}

/** Proves the tiers of this host by attacks and opens what holds. */
export async function openSandbox({ random, now, prove = 'all', spareFor, landlockAtMost = Infinity }: SandboxOptions): Promise<OpenSandbox> {
  if (process.platform !== 'linux') return nothing([1, 2].map((tier) => ({ tier: tier as Tier, holds: false, detail: 'only Linux has what a sandbox needs' })));
  const { arch } = process;
  if (arch !== 'x64' && arch !== 'arm64') return nothing([1, 2].map((tier) => ({ tier: tier as Tier, holds: false, detail: `the processor ${arch} is not supported` })));

  const kernel = openKernel();
  const program = openLaunchProgram();
  kernel.call('prctl', 4, 0, 0, 0, 0); // not dumpable: no other process of this user reads its memory or environment
  const landlockAbi = Math.min(landlockAtMost, Math.max(0, kernel.call('landlock_create_ruleset', 0, 0, 1)));
  const spare = spareFor === undefined ? null : openSpare();
  const shared = { kernel, spare, program, cgroups: openCgroups(), landlockAbi, agentUid: process.getuid?.() ?? 0, filterFor: createFilters(arch), subreaper: subreaper(kernel), random, now };
  let broker: Broker | null = null;
  const proofs: TierProof[] = [];
  const holding: StepParts[] = [];
  for (const [tier, found] of [[1, driverOne()], [2, { driver: direct }]] as const) {
    if (prove === 'strongest' ? holding.length > 0 : prove !== 'all' && prove !== tier) continue;
    if ('reason' in found) {
      proofs.push({ tier, holds: false, detail: found.reason });
      continue;
    }
    if (tier === 2) broker = await openBroker(kernel, program);
    const parts = { ...shared, driver: found.driver, broker };
    const proof = await proveTier(parts);
    proofs.push(proof);
    if (proof.holds) holding.push(parts);
  }
  const [strongest] = holding;
  if (spareFor !== undefined && strongest !== undefined) spare?.prepare(strongest, spareFor);
  return { proofs, run, rested: async () => spare?.rested() ?? null, close };

  async function close(): Promise<void> {
    await spare?.close();
    await broker?.close();
    program.close();
  }

  async function run(...[spec, onEvent, signal]: Parameters<Sandbox['run']>): ReturnType<Sandbox['run']> {
    const parts = holding.find(({ driver }) => spec.tier === null || spec.tier === driver.tier);
    if (parts === undefined) throw unavailable(proofs, spec.tier);
    return runStep(parts, spec, onEvent, signal);
  }
}

function driverOne(): { readonly driver: Driver } | { readonly reason: string } {
  const found = findBubblewrap();
  return 'path' in found ? { driver: bubblewrap(found.path) } : found;
}

function nothing(proofs: readonly TierProof[]): OpenSandbox {
  return { proofs, run: async ({ tier }) => Promise.reject(unavailable(proofs, tier)), rested: async () => null, close: async () => {} };
}

function unavailable(proofs: readonly TierProof[], tier: Tier | null): Fault {
  const asked = proofs.filter((proof) => tier === null || proof.tier === tier);
  return new Fault('sandbox-unavailable', { ...(tier === null ? {} : { demanded: `tier ${tier}` }), ...Object.fromEntries(asked.map((proof) => [`tier ${proof.tier}`, proof.detail])) });
}
