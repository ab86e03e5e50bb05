import { closeSync, realpathSync } from 'node:fs';
import type { StepLimit, StepOutcome } from '#proto/domain/step.ts';
import { take } from '../drivers/take.ts';
import { parseAllowList } from '../egress/allow-list.ts';
import { openProxy, type Proxy } from '../egress/proxy.ts';
import { type Ending, endingOf, watchEnding } from '../exit-status.ts';
import type { CanaryTargets } from '../launch/plan.ts';
import { watch } from '../limits/watch.ts';
import { capture } from '../output/capture.ts';
import { type PreparedRoom, prepareRoom } from '../room/room.ts';
import type { SandboxEvent } from '../sandbox.ts';
import type { SandboxSpec } from '../spec.ts';
import { familyOf } from '../tree/family.ts';
import { kill, treeOf } from '../tree/sweep.ts';
import { become, clearAway, dismiss, drawOwn, type Launcher, removeGroup, startLauncher } from './launcher.ts';
import type { StepParts } from './parts.ts';
import { planFor, proxyPort } from './plan.ts';

export type OnEvent = (event: SandboxEvent) => void;

/** What a run needs beside the parts; all of it belongs to this step alone. */
interface Scene {
  readonly spec: SandboxSpec;
  readonly room: PreparedRoom;
  readonly launcher: Launcher;
  /** Null where the step may reach nothing. */
  readonly proxy: Proxy | null;
}

/** Runs one step in one tier, and puts everything back that was made for it. */
export async function runStep(parts: StepParts, spec: SandboxSpec, onEvent: OnEvent, signal: AbortSignal): Promise<StepOutcome> {
  signal.throwIfAborted();
  try {
    return await withScene(parts, spec, async (scene) => {
      await becomeStep(parts, scene, null);
      parts.spare?.prepare(parts, spec);
      return follow(parts, scene, onEvent, signal);
    });
  } finally {
    parts.spare?.prepare(parts, spec); // also where this one did not come as far
  }
}

/** Runs the attacks of a proof in place of a command, and answers which got through. */
export async function runCanary(parts: StepParts, spec: SandboxSpec, targets: CanaryTargets): Promise<readonly string[]> {
  return withScene(parts, spec, async (scene) => (await becomeStep(parts, scene, targets))?.through ?? []);
}

async function withScene<T>(parts: StepParts, spec: SandboxSpec, work: (scene: Scene) => Promise<T>): Promise<T> {
  const { driver, subreaper, broker } = parts;
  const allowed = parseAllowList(spec.network);
  let launcher = (await parts.spare?.take(parts, spec)) ?? null;
  const own = launcher ?? drawOwn(parts);
  let room: PreparedRoom | null = null;
  const proxy = spec.network.length === 0 ? null : openProxy(allowed);
  const deaf = broker?.onConnected((port) => proxy?.expect(port));
  const holdsOrphans = !driver.surroundings.namespaces; // a namespace buries its own
  if (holdsOrphans) subreaper.hold();
  try {
    room = prepareRoom(spec, { namespaces: driver.surroundings.namespaces, identity: own.identity });
    own.cgroup?.limit(spec.limits);
    launcher ??= await startLauncher(parts, own, room);
    return await work({ spec, room, launcher, proxy });
  } finally {
    if (launcher !== null) await dismiss(launcher, parts);
    if (holdsOrphans) subreaper.release();
    deaf?.();
    await proxy?.close();
    await removeGroup(own);
    room?.leave();
  }
}

async function becomeStep(parts: StepParts, { spec, room, launcher, proxy }: Scene, canary: CanaryTargets | null) {
  const { identity, mark, step } = launcher;
  const { kernel, broker } = parts;
  return become(launcher, planFor(parts, { spec, room, identity, mark, canary }), {
    proxy: async (fd) => proxy?.serve(take(kernel, step, fd)),
    broker: async (fd) => {
      const real = proxy === null ? null : await proxy.listen();
      const folders = [room.workdir, room.home, room.temporary, ...room.writable].map((folder) => realpathSync(folder));
      await broker?.attach({ fd: take(kernel, step, fd), mark, identity, folders, proxy: real === null ? null : { called: proxyPort, real } });
    },
  });
}

/** From the moment at which the command runs to the last process of it. */
async function follow(parts: StepParts, { spec: { limits }, room, launcher }: Scene, onEvent: OnEvent, signal: AbortSignal): Promise<StepOutcome> {
  const { started, root, step, cgroup, mark } = launcher;
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
    const survivorsKilled = clearAway(launcher, parts);
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
