import type { TenantId } from '#proto/domain/identity.ts';
import type { Database } from '../store/database.ts';
import { asTenant } from '../store/tenant-tx.ts';

/** An agent as a rotation sees it. */
export interface AgentStanding {
  readonly tenant: TenantId;
  readonly id: string;
  readonly name: string;
  readonly lastSeenAt: Date | null;
  readonly isLocked: boolean;
  /** Fingerprint of the roots that it is known to trust, or null where it never said. */
  readonly trust: string | null;
  /** The root above the certificate that it uses; null for one that is older than the record. */
  readonly root: string | null;
  /** When its newest certificate ends; null where it has none. */
  readonly notAfter: Date | null;
}

/** How every agent of these tenants that was not removed stands. */
export async function readStandings(db: Database, tenants: readonly TenantId[]): Promise<readonly AgentStanding[]> {
  const all: AgentStanding[] = [];
  for (const tenant of tenants) {
    const { rows } = await asTenant(db, tenant, (tx) =>
      tx.query<Omit<AgentStanding, 'tenant'>>(
        `select a.id, a.name, a.last_seen_at as "lastSeenAt", a.locked_at is not null as "isLocked", a.trust, used.root, newest.not_after as "notAfter"
         from agent a
         left join lateral (
           select c.root from certificate c
           where c.agent = a.id and (a.key_hash is null or (c.generation = a.generation and c.key_hash = a.key_hash)) order by c.issued_at desc limit 1) used on true
         left join lateral (select max(c.not_after) as not_after from certificate c where c.agent = a.id and c.revoked_at is null) newest on true
         where a.removed_at is null order by a.name, a.id`,
      ),
    );
    all.push(...rows.map((row) => ({ tenant, ...row })));
  }
  return all;
}

/** The agents of which a step has to be sure, and those that it cannot wait for. */
export interface Readiness {
  readonly ready: readonly AgentStanding[];
  readonly waiting: readonly AgentStanding[];
  /** Locked, or with a certificate that ran out: they cannot say anything, and are not counted. */
  readonly away: readonly AgentStanding[];
  /** Of those that are counted; 1 where there are none. */
  readonly share: number;
}

/** Parts agents by whether they are ready for what comes. */
export function judgeReadiness(standings: readonly AgentStanding[], isReady: (standing: AgentStanding) => boolean, nowMs: number): Readiness {
  const isAway = ({ isLocked, notAfter }: AgentStanding): boolean => isLocked || notAfter === null || notAfter.getTime() <= nowMs;
  const away = standings.filter(isAway);
  const counted = standings.filter((standing) => !isAway(standing));
  const ready = counted.filter(isReady);
  return { ready, waiting: counted.filter((standing) => !isReady(standing)), away, share: counted.length === 0 ? 1 : ready.length / counted.length };
}
