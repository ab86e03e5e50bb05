import { Fault } from '#proto/domain/fault.ts';
import type { AgentId } from '#proto/domain/identity.ts';
import { publish } from '../store/outbox.ts';
import type { TenantTx } from '../store/tenant-tx.ts';

/** A certificate that an agent shows, and from where. */
export interface Shown {
  readonly agent: AgentId;
  /** Hexadecimal, in lower case. */
  readonly serial: string;
  readonly remoteAddress: string;
}

/** Judges the certificates that agents come with. */
export interface Generations {
  /**
   * Takes note of a certificate that is used, in the transaction that holds the agent's row. Answers null where all is
   * well, and otherwise why the agent has just been locked: commit that, then throw it.
   * @throws Fault `certificate-unknown`, `certificate-revoked`
   */
  use(tx: TenantTx, shown: Shown, now: Date): Promise<Fault | null>;
}

interface Row {
  readonly generation: number;
  readonly key_hash: Uint8Array;
  readonly revoked_at: Date | null;
  readonly used_generation: number;
  readonly used_key: Uint8Array | null;
}

/**
 * The generation counter. An agent's certificate of generation N may be succeeded by any of generation N + 1, until the
 * first of those is used: then N is over. Whoever shows N after that, or another key of N + 1, holds a copy of a key: a
 * thief who was first, or the agent whose thief was. Nobody can tell which, so both are shut out.
 */
export const generations: Generations = {
  async use(tx, shown, now) {
    const { agent, serial } = shown;
    const { rows } = await tx.query<Row>(
      `select c.generation, c.key_hash, c.revoked_at, a.generation as used_generation, a.key_hash as used_key
       from certificate c join agent a on a.tenant = c.tenant and a.id = c.agent where c.agent = $1 and c.serial = $2`,
      [agent, serial],
    );
    const [row] = rows;
    if (row === undefined) throw new Fault('certificate-unknown', { agent, serial });
    if (row.revoked_at !== null) throw new Fault('certificate-revoked', { agent, serial });
    if (isCopy(row)) return await lock(tx, shown, row, now);
    if (row.generation > row.used_generation || row.used_key === null) {
      await tx.query('update agent set generation = $2, key_hash = $3 where id = $1', [agent, row.generation, row.key_hash]);
      if (row.used_key !== null) await publish(tx, { topic: 'fleet.certificate-succeeded', body: { agent, serial, generation: row.generation }, createdAt: now });
    }
    return null;
  },
};

function isCopy({ generation, key_hash, used_generation, used_key }: Row): boolean {
  if (used_key === null || generation > used_generation) return false;
  return generation < used_generation || Buffer.compare(key_hash, used_key) !== 0;
}

async function lock(tx: TenantTx, { agent, serial, remoteAddress }: Shown, { generation, used_generation }: Row, now: Date): Promise<Fault> {
  const { rows } = await tx.query<{ remote_address: string }>('select remote_address from agent_session where agent = $1 order by epoch desc limit 1', [agent]);
  const otherAddress = rows[0]?.remote_address ?? null;
  await tx.query('update agent set locked_at = coalesce(locked_at, $2) where id = $1', [agent, now]);
  const facts = { agent, serial, generation, usedGeneration: used_generation, address: remoteAddress, otherAddress };
  await publish(tx, { topic: 'fleet.agent-cloned', body: facts, createdAt: now });
  return new Fault('agent-cloned', facts);
}
