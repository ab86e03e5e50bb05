import { baseEnvironment, cleanEnvironment } from '../environment/clean.ts';
import { proxyVariables } from '../egress/variables.ts';
import type { Identity } from '../identity/identity.ts';
import type { CanaryTargets, LaunchPlan } from '../launch/plan.ts';
import { rulesetFor } from '../landlock/ruleset.ts';
import { rlimitsFor } from '../limits/rlimits.ts';
import { tasksOf } from '../limits/tasks.ts';
import type { Room } from '../drivers/driver.ts';
import type { SandboxSpec } from '../spec.ts';
import type { StepParts } from './parts.ts';

/** Where a step finds its proxy, in both tiers. */
export const proxyPort = 3128;

export interface PlanOptions {
  readonly spec: SandboxSpec;
  readonly room: Room;
  readonly identity: Identity | null;
  readonly mark: string;
  readonly canary: CanaryTargets | null;
}

/** Everything that the launcher will do, worked out before it is started. */
export function planFor({ driver, cgroups, landlockAbi, filterFor, agentUid, broker }: StepParts, { spec, room, identity, mark, canary }: PlanOptions): LaunchPlan {
  const { namespaces } = driver.surroundings;
  const network = spec.network.length > 0;
  const around = { namespaces, network, signalsScoped: landlockAbi >= 6 || identity !== null, truncationRuled: landlockAbi >= 3 };
  const counted = cgroups !== null;
  const tasks = counted ? null : tasksOf({ namespaces, pids: spec.limits.pids, uid: identity?.uid ?? agentUid });
  return {
    identity: driver.startsAs(identity) === null ? identity : null,
    hidesOthers: !namespaces && identity !== null,
    proxyPort: namespaces && network ? proxyPort : null,
    landlock: rulesetFor(landlockAbi, driver.places(room), { ownNetwork: namespaces }),
    filter: filterFor(around),
    asksBroker: broker !== null && !namespaces,
    rlimits: rlimitsFor({ limits: spec.limits, mark, tasks }),
    cwd: room.workdir,
    run: canary === null ? programOf(spec, room, counted) : { kind: 'canary', attacks: canary },
  };
}

function programOf({ command, env: wanted, network, limits }: SandboxSpec, room: Room, counted: boolean): LaunchPlan['run'] {
  const { env } = cleanEnvironment(wanted, [room.workdir, room.home, room.temporary, ...room.writable, '/tmp', '/var/tmp', '/dev/shm']);
  const whole = { ...baseEnvironment(room), ...env, ...(network.length > 0 ? proxyVariables(proxyPort) : {}) };
  const argv = counted ? command : withDataLimit(command, limits.memoryBytes);
  return { kind: 'program', paths: pathsOf(argv[0], whole.PATH ?? ''), argv, env: Object.entries(whole).map(([name, value]) => `${name}=${value}`) };
}

/**
 * A process alone cannot take more than the step may; a family is watched. A shell sets it, because a Node with such a
 * limit may die before it has become the step. A quarter more, so that the watch is what speaks.
 */
function withDataLimit(command: SandboxSpec['command'], memoryBytes: number): SandboxSpec['command'] {
  return ['/bin/sh', '-c', 'ulimit -d "$1" 2>/dev/null; shift; exec "$@"', 'sh', String(Math.ceil((memoryBytes * 1.25) / 1024)), ...command];
}

function pathsOf(program: string, path: string): readonly string[] {
  return program.includes('/') ? [program] : path.split(':').map((folder) => `${folder}/${program}`);
}
