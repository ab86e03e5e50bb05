import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Fleet } from './fleet-agents.ts';
import type { FleetLoad, FleetWord } from './fleet-load.ts';

/** Agents in a few processes. */
export interface Crowd {
  /** Resolves when all are live, with the time of day at which the last one was; asked again, when they all are again. */
  allLive(): Promise<number>;
  /** Words of this kind from now on. */
  hear<Kind extends FleetWord['kind']>(kind: Kind, heard: (word: Extract<FleetWord, { kind: Kind }>) => void): void;
  /** Forgets heartbeats so far. */
  forget(): void;
  /** Milliseconds that heartbeats took, and how many were not taken. */
  beats(): Promise<{ readonly ms: readonly number[]; readonly missed: number }>;
  end(): Promise<void>;
}

const processes = 2;

export function gather(fleet: Fleet, { address, count, atOnce = 32, heartbeatMs = 15_000 }: { readonly address: string; readonly count: number; readonly atOnce?: number; readonly heartbeatMs?: number }): Crowd {
  const each = count / processes;
  const listeners: ((word: FleetWord) => void)[] = [];
  const children = Array.from({ length: processes }, (_, index) =>
    start({ address, trustBundle: fleet.trustBundle, trust: fleet.trust, agents: fleet.file, from: index * each, count: each, atOnce, heartbeatMs }),
  );

  return {
    async allLive() {
      let last = 0;
      await Promise.all(children.map((child) => child.said('live').then(({ atMs }) => (last = Math.max(last, atMs)))));
      return last;
    },
    hear(kind, heard) {
      listeners.push((word) => {
        if (word.kind === kind) heard(word as Parameters<typeof heard>[0]);
      });
    },
    forget() {
      for (const { child } of children) child.stdin?.write('forget\n');
    },
    async beats() {
      const asked = children.map((child) => child.said('beats'));
      for (const { child } of children) child.stdin?.write('beats\n');
      const told = await Promise.all(asked);
      return { ms: told.flatMap(({ ms }) => ms), missed: told.reduce((sum, { missed }) => sum + missed, 0) };
    },
    async end() {
      for (const { child } of children) child.stdin?.end();
      await Promise.all(children.map(({ exited }) => exited));
    },
  };

  function start(load: FleetLoad) {
    const child: ChildProcess = spawn(process.execPath, [fileURLToPath(new URL('fleet-load.ts', import.meta.url)), JSON.stringify(load)], { stdio: ['pipe', 'pipe', 'inherit'] });
    const exited = new Promise((resolve) => child.once('exit', resolve));
    const own: ((word: FleetWord) => void)[] = [];
    if (child.stdout !== null) {
      createInterface(child.stdout).on('line', (line) => {
        const word = JSON.parse(line) as FleetWord;
        for (const listener of [...own, ...listeners]) listener(word);
      });
    }
    return { child, exited, said };

    function said<Kind extends FleetWord['kind']>(kind: Kind): Promise<Extract<FleetWord, { kind: Kind }>> {
      return new Promise((resolve) => {
        const listener = (word: FleetWord): void => {
          if (word.kind !== kind) return;
          own.splice(own.indexOf(listener), 1);
          resolve(word as Extract<FleetWord, { kind: Kind }>);
        };
        own.push(listener);
      });
    }
  }
}
