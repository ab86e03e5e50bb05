import type { Logger } from 'pino';
import { asFault } from '#proto/domain/fault.ts';
import type { AgentId } from '#proto/domain/identity.ts';
import type { Database } from '../store/database.ts';
import { asSystem, type SystemTx } from '../store/tenant-tx.ts';

export interface ReplicaOptions {
  readonly db: Database;
  /** For people: the host. */
  readonly name: string;
  readonly newId: () => string;
  readonly log: Pick<Logger, 'warn' | 'error'>;
  /** This process was away for too long: whatever it held may be held by others. It goes on under a new id. */
  readonly onLost: () => void;
  readonly leaseMs?: number;
}

/**
 * This process among the servers that share a database:
 *
 *     absent --joined--> held --renewed in time--> held
 *     held --nobody renewed it, and another replica took the row away--> lost --joined again under a new id--> held
 *     held --left--> absent
 *
 * Sessions bear the id under which they began. A session whose id has no row is over, whatever its replica thinks.
 */
export interface Replica {
  /** Under which sessions begin now. */
  readonly id: string;
  /** Renews the lease, and takes away the rows of those that did not renew theirs. */
  round(): Promise<void>;
  /** Agents whose stream is here and that have something to hear. */
  called(): Promise<readonly AgentId[]>;
  /** Gives everything up. */
  leave(): Promise<void>;
}

/** Longer than a pause of the garbage collector or of a virtual machine that moves; short enough to wait for. */
const usualLeaseMs = 15_000;

/** @throws Fault `database-unavailable` */
export async function joinReplicas({ db, name, newId, log, onLost, leaseMs = usualLeaseMs }: ReplicaOptions): Promise<Replica> {
  let id = newId();
  let isPunctual = false;
  if (db.kind === 'pglite') await asSystem(db, (tx) => tx.query('delete from replica')); // its lock says that there is no other
  await join();

  return {
    get id() {
      return id;
    },
    async round() {
      try {
        if (await renew()) return;
        id = newId();
        await join();
        log.warn({ replica: id }, 'this server was away for too long: its agents come anew');
        onLost();
      } catch (error) {
        isPunctual = false;
        log.error({ reason: asFault(error).message }, 'the lease of this server could not be renewed');
      }
    },
    called,
    async leave() {
      await asSystem(db, (tx) => tx.query('delete from replica where id = $1', [id])).catch(() => {}); // it passes by itself
    },
  };

  async function join(): Promise<void> {
    await asSystem(db, (tx) =>
      tx.query(`insert into replica (id, name, started_at, lease_until) values ($1, $2, clock_timestamp(), clock_timestamp() + $3 * interval '1 ms')`, [id, name, leaseMs]),
    );
  }

  /** Whoever was late itself does not judge others in that round: perhaps the database was away, and all are. */
  function renew(): Promise<boolean> {
    return asSystem(db, async (tx) => {
      const { rows } = await tx.query<{ in_time: boolean }>(
        `update replica set lease_until = clock_timestamp() + $2 * interval '1 ms' from (select lease_until as before from replica where id = $1) held
         where id = $1 returning before > clock_timestamp() as in_time`,
        [id, leaseMs],
      );
      const [row] = rows;
      if (row === undefined) return false;
      if (row.in_time && isPunctual) await takeAway(tx);
      isPunctual = row.in_time;
      return true;
    });
  }

  async function takeAway(tx: SystemTx): Promise<void> {
    const { rows } = await tx.query<{ id: string; name: string }>('delete from replica where lease_until < clock_timestamp() returning id, name');
    for (const row of rows) log.warn({ replica: row.id, host: row.name }, 'a server was not heard of in time: its agents may be taken over');
  }

  async function called(): Promise<readonly AgentId[]> {
    const { rows } = await asSystem(db, (tx) =>
      tx.query<{ agent: AgentId }>(
        `select command.agent from agent_command command
         join agent_session session on session.tenant = command.tenant and session.agent = command.agent and session.replica = $1 and session.disconnected_at is null
         where command.raised > command.heeded`,
        [id],
      ),
    );
    return rows.map(({ agent }) => agent);
  }
}
