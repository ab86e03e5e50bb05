import type { Place } from '../landlock/ruleset.ts';
import type { Driver } from './driver.ts';
import { configuration, devices, oldFolders, sources, systemFolders } from './host-paths.ts';

/** What programs read of /sys to know the machine. */
const machine = ['/sys/devices/system/cpu', '/sys/devices/system/node', '/sys/fs/cgroup', '/sys/kernel/mm/transparent_hugepage'];

/** Tier 2: the launcher alone, on the host's own file system; it needs no right and nothing installed. */
export const direct: Driver = {
  tier: 2,
  surroundings: { namespaces: false },
  startsAs: () => null, // the launcher changes identity by itself, since its executable may lie where only root gets
  shapeOf: () => '',
  commandLine: (_, program) => [program.command, ...program.args],
  places: (room): readonly Place[] => [
    ...[...systemFolders, ...oldFolders].map((path): Place => ({ path, grant: 'run' })),
    ...[...configuration, '/proc', ...machine].map((path): Place => ({ path, grant: 'look' })),
    ...devices.map((path): Place => ({ path, grant: 'device' })),
    ...sources.map((path): Place => ({ path, grant: 'look' })),
    ...room.readable.map((path): Place => ({ path, grant: 'run' })),
    ...[...room.writable, room.workdir, room.home, room.temporary].map((path): Place => ({ path, grant: 'own' })),
  ],
};
