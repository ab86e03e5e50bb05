import { text } from 'node:stream/consumers';
import { Fault } from '#proto/domain/fault.ts';
import { launchFault } from '../drivers/control.ts';
import type { Room } from '../drivers/driver.ts';
import { type Started, start } from '../drivers/start.ts';
import { type Identity, identityFor } from '../identity/identity.ts';
import type { LaunchPlan, LaunchWord } from '../launch/plan.ts';
import type { StepCgroup } from '../limits/cgroup.ts';
import { childrenOf } from '../tree/family.ts';
import { markFrom } from '../tree/mark.ts';
import { isAlive, kill, treeOf } from '../tree/sweep.ts';
import type { LaunchParts } from './launch-parts.ts';

/** What belongs to one step alone, drawn before anything of it is started. */
export interface Own {
  /** Whom the step runs as, where the agent is root. */
  readonly identity: Identity | null;
  readonly mark: string;
  readonly cgroup: StepCgroup | null;
}

/** A launcher that is there, knows nothing yet, and is known by its process ids on this host. */
export interface Launcher extends Own {
  readonly started: Started;
  /** What is killed to kill all: the first process of the namespace, or the launcher itself. */
  readonly root: number;
  /** The launcher, which becomes the command. */
  readonly step: number;
  /** When its group holds it. */
  readonly joined: Promise<void>;
}

/** A user, a mark and a group that no other step has or had. */
export function drawOwn({ cgroups, agentUid, random }: LaunchParts): Own {
  const drawn = random(2 ** 32);
  return { identity: identityFor(agentUid, random), mark: markFrom(drawn), cgroup: cgroups?.create(`dd0c-step-${process.pid}-${drawn}`) ?? null };
}

/** Starts a launcher and waits until it is there. */
export async function startLauncher({ driver, kernel, program }: LaunchParts, own: Own, room: Room): Promise<Launcher> {
  const reports = driver.surroundings.namespaces;
  const started = start(kernel, { commandLine: driver.commandLine(room, program), as: driver.startsAs(own.identity), owner: own.identity, reports });
  const word = await started.control.next();
  if (word?.say !== 'ready') {
    const said = await text(started.stderr).catch(() => '');
    await started.ended;
    throw said === '' ? launchFault(word) : new Fault('sandbox-failed', { at: 'start', said: said.trim().slice(0, 300) });
  }
  const outer = started.child.pid ?? 0;
  const root = reports ? Number(/"child-pid":\s*(\d+)/.exec(await started.report)?.[1] ?? 0) : outer;
  const [step] = reports ? childrenOf(root) : [root];
  if (step === undefined) {
    kill(outer); // and the namespace dies with its parent
    throw new Fault('sandbox-failed', { at: 'namespace' });
  }
  const joined = own.cgroup?.add(step) ?? Promise.resolve();
  joined.catch(() => {}); // told where it is awaited
  return { ...own, started, root, step, joined };
}

/** What is done with descriptors that a launcher hands out. */
export interface Handlers {
  readonly proxy: (fd: number) => Promise<void>;
  readonly broker: (fd: number) => Promise<void>;
}

/**
 * Tells the plan and serves the launcher until it has become the command, or has done its attacks. A launcher that ended
 * before all was set has run nothing, and that is a fault and no step.
 */
export async function become({ started: { control }, joined }: { readonly started: Pick<Started, 'control'>; readonly joined: Promise<void> }, plan: LaunchPlan, handlers: Handlers): Promise<Extract<LaunchWord, { say: 'canary' }> | null> {
  control.send(plan);
  let isSet = false;
  for (let word = await control.next(); word !== null; word = await control.next()) {
    switch (word.say) {
      case 'proxy':
        await handlers.proxy(word.fd);
        control.go();
        break;
      case 'broker':
        await handlers.broker(word.fd);
        control.go();
        break;
      case 'set':
        await joined;
        isSet = true;
        control.go();
        break;
      case 'canary':
        return word;
      case 'failed':
        if (word.at === 'exec') return null; // the command is at fault, and has been told on its standard error
        throw launchFault(word);
      case 'ready':
        throw launchFault(word);
    }
  }
  if (!isSet) throw launchFault(null);
  return null;
}

/** Whether it lives, or what it became; its process ids mean something only then, for others may get them. */
export function isThere({ started: { child } }: Pick<Launcher, 'started'>): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** Kills what the command left, and answers how many that were; a namespace has taken its own with it. */
export function clearAway({ root, mark, cgroup }: Launcher, { driver, kernel }: LaunchParts): number {
  cgroup?.kill();
  if (driver.surroundings.namespaces) return 0;
  return treeOf(root, mark, kernel).sweep();
}

/** However it came to its end, and whatever it became: nothing of it is left when this is done. */
export async function dismiss(launcher: Launcher, parts: LaunchParts): Promise<void> {
  const { started, root, joined } = launcher;
  if (isThere(launcher)) kill(root);
  await started.ended.catch(() => {});
  await joined.catch(() => {});
  clearAway(launcher, parts);
  for (let rounds = 0; parts.driver.surroundings.namespaces && isAlive(root) && rounds < 500; rounds += 1) await pause(2);
  started.control.close();
  started.stdout.destroy();
  started.stderr.destroy();
}

/** A group empties a moment after its last process has ended. */
export async function removeGroup({ cgroup }: Own): Promise<void> {
  for (let rounds = 0; rounds < 250; rounds += 1) {
    if (cgroup === null || cgroup.remove()) return;
    for (const pid of cgroup.pids()) kill(pid);
    await pause(2);
  }
}

async function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
