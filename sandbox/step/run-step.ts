import { closeSync, realpathSync } from 'node:fs';
import type { StepLimit, StepOutcome } from '#proto/domain/step.ts';
import { take } from '../drivers/take.ts';
import { parseAllowList } from '../egress/allow-list.ts';
import { openProxy, type Proxy } from '../egress/proxy.ts';
import { type Ending, endingOf, watchEnding } from '../exit-status.ts';
import { type Identity, identityFor } from '../identity/identity.ts';
import type { CanaryTargets } from '../launch/plan.ts';
import type { StepCgroup } from '../limits/cgroup.ts';
import { watch } from '../limits/watch.ts';
import { capture } from '../output/capture.ts';
import { type PreparedRoom, prepareRoom } from '../room/room.ts';
import type { SandboxEvent } from '../sandbox.ts';
import type { SandboxSpec } from '../spec.ts';
import { familyOf } from '../tree/family.ts';
import { markFrom } from '../tree/mark.ts';
import { isAlive, kill, treeOf } from '../tree/sweep.ts';
import { type Arrived, arrive, become } from './launch-step.ts';
import type { StepParts } from './parts.ts';
import { planFor, proxyPort } from './plan.ts';

export type OnEvent = (event: SandboxEvent) => void;

/** What a run needs beside the parts; all of it belongs to this step alone. */
interface Scene {
  readonly spec: SandboxSpec;
  readonly room: PreparedRoom;
  readonly identity: Identity | null;
  readonly cgroup: StepCgroup | null;
  readonly mark: string;
  /** Null where the step may reach nothing. */
  readonly proxy: Proxy | null;
}

/** Runs one step in one tier, and puts everything back that was made for it. */
export async function runStep(parts: StepParts, spec: SandboxSpec, onEvent: OnEvent, signal: AbortSignal): Promise<StepOutcome> {
  signal.throwIfAborted();
  return withScene(parts, spec, async (scene, arrived) => {
    await becomeStep(parts, scene, arrived, null);
    return follow(parts, scene, arrived, onEvent, signal);
  });
}

/** Runs the attacks of a proof in place of a command, and answers which got through. */
export async function runCanary(parts: StepParts, spec: SandboxSpec, targets: CanaryTargets): Promise<readonly string[]> {
  return withScene(parts, spec, async (scene, arrived) => (await becomeStep(parts, scene, arrived, targets))?.through ?? []);
}

async function withScene<T>(parts: StepParts, spec: SandboxSpec, work: (scene: Scene, arrived: Arrived) => Promise<T>): Promise<T> {
  const { driver, cgroups, random, subreaper, broker } = parts;
  const allowed = parseAllowList(spec.network);
  const drawn = random(2 ** 32);
  const identity = identityFor(parts.agentUid, random);
  const room = prepareRoom(spec, { namespaces: driver.surroundings.namespaces, identity });
  const cgroup = cgroups?.create(`dd0c-step-${process.pid}-${drawn}`, spec.limits) ?? null;
  const proxy = spec.network.length === 0 ? null : openProxy(allowed);
  const deaf = broker?.onConnected((port) => proxy?.expect(port));
  const scene = { spec, room, identity, cgroup, mark: markFrom(drawn), proxy };
  const holdsOrphans = !driver.surroundings.namespaces; // a namespace buries its own
  if (holdsOrphans) subreaper.hold();
  let arrived: Arrived | null = null;
  try {
    arrived = await arrive(parts, room, identity);
    cgroup?.add(arrived.step);
    return await work(scene, arrived);
  } finally {
    if (arrived !== null) await finish(parts, scene, arrived);
    if (holdsOrphans) subreaper.release();
    deaf?.();
    await proxy?.close();
    await removeGroup(cgroup);
    room.leave();
  }
}

async function becomeStep(parts: StepParts, scene: Scene, { started, step }: Arrived, canary: CanaryTargets | null) {
  const { spec, room, identity, mark, proxy } = scene;
  const { kernel, broker } = parts;
  return become(started, planFor(parts, { spec, room, identity, mark, canary }), {
    proxy: async (fd) => proxy?.serve(take(kernel, step, fd)),
    broker: async (fd) => {
      const real = proxy === null ? null : await proxy.listen();
      const folders = [room.workdir, room.home, room.temporary, ...room.writable].map((folder) => realpathSync(folder));
      await broker?.attach({ fd: take(kernel, step, fd), mark, identity, folders, proxy: real === null ? null : { called: proxyPort, real } });
    },
  });
}

/** From the moment at which the command runs to the last process of it. */
async function follow(parts: StepParts, scene: Scene, arrived: Arrived, onEvent: OnEvent, signal: AbortSignal): Promise<StepOutcome> {
  const { spec: { limits }, cgroup, room, mark } = scene;
  const { started, root, step } = arrived;
  const { namespaces } = parts.driver.surroundings;
  const began = parts.now();
  const elapsed = (): number => Math.round(parts.now() - began);
  const pidfd = namespaces ? watchEnding(parts.kernel, step) : -1;
  const tree = treeOf(root, mark, parts.kernel);
  let reached: StepLimit | null = null;
  let killedBy: StepLimit | null = null;

  onEvent({ kind: 'started', tier: parts.driver.tier });
  const note = (limit: StepLimit): void => {
    if (reached === null) onEvent({ kind: 'limit', limit });
    reached ??= limit;
  };
  const end = (): void => {
    cgroup?.kill();
    kill(root);
  };
  const endFor = (limit: StepLimit): void => {
    killedBy ??= limit;
    note(limit);
    end();
  };
  const output = capture({ stdout: started.stdout, stderr: started.stderr }, { maxBytes: limits.outputBytes, elapsed, onEvent, onLimit: () => note('output') });
  const counted = cgroup !== null;
  const stopWatch = watch({
    limits,
    members: () => (namespaces ? familyOf(root).slice(1) : tree.members()),
    folders: room.fillable,
    counts: { memory: !counted, pids: !counted },
    reached: () => cgroup?.reached() ?? null,
    onLimit: (limit, how) => (how === 'held' ? note(limit) : endFor(limit)),
  });
  const timer = setTimeout(() => endFor('time'), limits.timeoutMs);
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  try {
    const { code, signal: endedBy } = await started.ended;
    const durationMs = elapsed();
    const ending: Ending = namespaces && endedBy === null ? endingOf(parts.kernel, pidfd, code ?? 0) : { exit: code, signal: endedBy };
    const survivorsKilled = clearAway(arrived, scene, parts);
    await output.ended(1000);
    const last = cgroup?.reached() ?? null;
    if (last !== null) note(last);
    return { tier: parts.driver.tier, ...ending, limit: killedBy ?? reached, durationMs, outputBytes: output.bytes, survivorsKilled };
  } finally {
    clearTimeout(timer);
    stopWatch();
    signal.removeEventListener('abort', end);
    if (pidfd >= 0) closeSync(pidfd);
  }
}

/** Kills what the command left, and answers how many that were; a namespace has taken its own with it. */
function clearAway({ root }: Arrived, { cgroup, mark }: Scene, { driver, kernel }: StepParts): number {
  cgroup?.kill();
  if (driver.surroundings.namespaces) return 0;
  return treeOf(root, mark, kernel).sweep();
}

/** However it came to its end: nothing of it is left when this is done. */
async function finish(parts: StepParts, scene: Scene, arrived: Arrived): Promise<void> {
  const { started, root } = arrived;
  kill(root);
  await started.ended.catch(() => {});
  clearAway(arrived, scene, parts);
  for (let rounds = 0; parts.driver.surroundings.namespaces && isAlive(root) && rounds < 500; rounds += 1) await pause(2);
  started.control.close();
  started.stdout.destroy();
  started.stderr.destroy();
}

/** A group empties a moment after its last process has ended. */
async function removeGroup(cgroup: StepCgroup | null): Promise<void> {
  for (let rounds = 0; rounds < 250; rounds += 1) {
    if (cgroup === null || cgroup.remove()) return;
    for (const pid of cgroup.pids()) kill(pid);
    await pause(2);
  }
}

async function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
