import { accessSync, constants, existsSync, lstatSync, statSync } from 'node:fs';
import type { Place } from '../landlock/ruleset.ts';
import type { LaunchProgram } from '../launch/program.ts';
import type { Driver, Room, Shown } from './driver.ts';
import { configuration, devices, linkOf, oldFolders, sources, systemFolders } from './host-paths.ts';

/** Where the launcher finds itself inside. */
const inside = '/run/dd0c-launch';
const executable = `${inside}/agent`;

/** Only places that an administrator fills: the PATH of whoever started the agent is not asked. */
const homes = ['/usr/bin/bwrap', '/usr/local/bin/bwrap', '/bin/bwrap'];

/** The path of a bubblewrap that may be used, or why there is none. */
export function findBubblewrap(): { readonly path: string } | { readonly reason: string } {
  const path = homes.find((place) => existsSync(place));
  if (path === undefined) return { reason: 'bubblewrap is not installed' };
  if ((statSync(path).mode & 0o4000) !== 0) return { reason: `${path} is set-uid root` };
  try {
    accessSync(path, constants.X_OK);
    return { path };
  } catch {
    return { reason: `${path} may not be executed` };
  }
}

/** Tier 1: own namespaces for users, files, processes, network, names and IPC; the launcher does the rest inside. */
export function bubblewrap(path: string): Driver {
  return {
    tier: 1,
    surroundings: { namespaces: true },
    startsAs: (identity) => identity, // never as uid 0, whatever it would be called inside
    shapeOf,
    commandLine,
    places,
  };

  /** A file that is shown by itself stays the one that it was, so that another in its place is another shape. */
  function shapeOf({ workdir, readable, writable, limits }: Shown): string | null {
    if (workdir !== null || readable.length > 0 || writable.length > 0) return null;
    return [limits.diskBytes, ...configuration.map((file) => lstatSync(file, { throwIfNoEntry: false })?.ino ?? 0)].join(' ');
  }

  function commandLine(room: Room, program: LaunchProgram): readonly [string, ...string[]] {
    const size = String(Math.max(room.diskBytes, 4096));
    const tmpfs = (at: string): readonly string[] => ['--size', size, '--tmpfs', at];
    const copied = program.folder === null ? [] : ['--ro-bind', program.folder, program.folder];
    return [
      path,
      '--unshare-user', '--unshare-ipc', '--unshare-pid', '--unshare-net', '--unshare-uts', '--unshare-cgroup-try',
      '--hostname', 'step', '--die-with-parent', '--new-session', '--info-fd', '4',
      ...systemFolders.flatMap((folder) => ['--ro-bind-try', folder, folder]),
      ...oldFolders.flatMap(oldFolder),
      ...configuration.flatMap((file) => ['--ro-bind-try', file, file]),
      '--proc', '/proc', '--dev', '/dev', ...tmpfs('/dev/shm'), ...tmpfs('/tmp'), ...tmpfs('/var/tmp'), '--dir', '/tmp/home',
      '--ro-bind', program.command, executable, ...copied,
      ...room.readable.flatMap((place) => ['--ro-bind', place, place]),
      ...room.writable.flatMap((place) => ['--bind', place, place]),
      ...(room.hostWorkdir === null ? tmpfs(room.workdir) : ['--bind', room.hostWorkdir, room.workdir]),
      '--remount-ro', '/dev', '--remount-ro', '/',
      '--', executable, ...program.args,
    ];
  }

  function places(room: Room): readonly Place[] {
    return [
      ...['/usr', '/nix/store', ...oldFolders].map((place): Place => ({ path: place, grant: 'run' })),
      ...['/etc', '/proc'].map((place): Place => ({ path: place, grant: 'look' })),
      ...['/tmp', '/var/tmp', '/dev/shm'].map((place): Place => ({ path: place, grant: 'own' })),
      ...devices.map((place): Place => ({ path: place, grant: 'device' })),
      ...sources.map((place): Place => ({ path: place, grant: 'look' })),
      ...room.readable.map((place): Place => ({ path: place, grant: 'run' })),
      ...[...room.writable, room.workdir].map((place): Place => ({ path: place, grant: 'own' })),
    ];
  }
}

function oldFolder(folder: string): readonly string[] {
  const target = linkOf(folder);
  return target === null ? ['--ro-bind-try', folder, folder] : ['--symlink', target, folder];
}
