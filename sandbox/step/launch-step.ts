import { text } from 'node:stream/consumers';
import { Fault } from '#proto/domain/fault.ts';
import { launchFault } from '../drivers/control.ts';
import { type Started, start } from '../drivers/start.ts';
import type { Identity } from '../identity/identity.ts';
import type { LaunchPlan, LaunchWord } from '../launch/plan.ts';
import { childrenOf } from '../tree/family.ts';
import type { PreparedRoom } from '../room/room.ts';
import type { StepParts } from './parts.ts';

/** A launcher that is there and known by its process ids on this host. */
export interface Arrived {
  readonly started: Started;
  /** What is killed to kill all: the first process of the namespace, or the launcher itself. */
  readonly root: number;
  /** The launcher, which becomes the command. */
  readonly step: number;
}

/** Starts a launcher and waits until it is there. */
export async function arrive({ driver, kernel, program }: StepParts, room: PreparedRoom, identity: Identity | null): Promise<Arrived> {
  const reports = driver.surroundings.namespaces;
  const started = start(kernel, { commandLine: driver.commandLine(room, program), as: driver.startsAs(identity), owner: identity, reports });
  const word = await started.control.next();
  if (word?.say !== 'ready') {
    const said = await text(started.stderr).catch(() => '');
    await started.ended;
    throw said === '' ? launchFault(word) : new Fault('sandbox-failed', { at: 'start', said: said.trim().slice(0, 300) });
  }
  const outer = started.child.pid ?? 0;
  if (!reports) return { started, root: outer, step: outer };
  const root = Number(/"child-pid":\s*(\d+)/.exec(await started.report)?.[1] ?? 0);
  const [step] = childrenOf(root);
  if (step === undefined) throw new Fault('sandbox-failed', { at: 'namespace' });
  return { started, root, step };
}

/** What is done with descriptors that a launcher hands out. */
export interface Handlers {
  readonly proxy: (fd: number) => Promise<void>;
  readonly broker: (fd: number) => Promise<void>;
}

/** Tells the plan and serves the launcher until it has become the command, or has done its attacks. */
export async function become({ control }: Started, plan: LaunchPlan, handlers: Handlers): Promise<Extract<LaunchWord, { say: 'canary' }> | null> {
  control.send(plan);
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
      case 'canary':
        return word;
      case 'failed':
        if (word.at === 'exec') return null; // the command is at fault, and has been told on its standard error
        throw launchFault(word);
      case 'ready':
        throw launchFault(word);
    }
  }
  return null;
}
