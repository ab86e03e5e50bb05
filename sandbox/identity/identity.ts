import { readFileSync } from 'node:fs';

/** Whom a step runs as where the agent is root. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/** Users that nobody has: above those of containers, below what has the sign bit (systemd's table of ranges). */
const range = { from: 0x7000_0000, span: 0x0f00_0000 };
/** Where a container maps only the usual 65,536: between people and dynamic users of systemd. */
const narrow = { from: 60_600, span: 500 };

/** A user of the step's own where the agent is root, drawn by lot; null where it is nobody special already. */
export function identityFor(agentUid: number, random: (below: number) => number): Identity | null {
  if (agentUid !== 0) return null;
  const { from, span } = isMapped(range.from + range.span) ? range : narrow;
  const uid = from + random(span);
  return { uid, gid: uid };
}

function isMapped(uid: number): boolean {
  try {
    return readFileSync('/proc/self/uid_map', 'utf8').trim().split('\n').some((line) => {
      const [inside = 0, , count = 0] = line.trim().split(/\s+/).map(Number);
      return uid >= inside && uid < inside + count;
    });
  } catch {
    return false;
  }
}
