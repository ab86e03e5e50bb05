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
  /** The same of several agents, one certificate each; answers why, of those that may not go on with theirs, and throws none of it. */
  useAll(tx: TenantTx, shown: readonly Shown[], now: Date): Promise<ReadonlyMap<AgentId, Fault>>;
}

interface Row {
  readonly agent: AgentId;
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
    const fault = (await useAll(tx, [shown], now)).get(shown.agent) ?? null;
    if (fault === null || fault.code === 'agent-cloned') return fault;
    throw fault;
  },
  useAll,
};

async function useAll(tx: TenantTx, shown: readonly Shown[], now: Date): Promise<ReadonlyMap<AgentId, Fault>> {
  const { rows } = await tx.query<Row>(
    `select c.agent, c.generation, c.key_hash, c.revoked_at, a.generation as used_generation, a.key_hash as used_key
     from unnest($1::uuid[], $2::text[]) as shown (agent, serial)
     join certificate c on c.agent = shown.agent and c.serial = shown.serial and c.serial = any($2)
     join agent a on a.tenant = c.tenant and a.id = c.agent and a.id = any($1)`,
    columns(shown),
  );
  const found = new Map(rows.map((row) => [row.agent, row]));
  const faults = new Map<AgentId, Fault>();
  const successors: Shown[] = [];
  for (const one of shown) {
    const row = found.get(one.agent);
    const fault = row === undefined || row.revoked_at !== null || isCopy(row) ? await refuse(tx, one, row, now) : null;
    if (fault !== null) faults.set(one.agent, fault);
    else if (row !== undefined && isNews(row)) successors.push(one);
  }
  if (successors.length > 0) await succeed(tx, successors, found, now);
  return faults;
}

async function refuse(tx: TenantTx, shown: Shown, row: Row | undefined, now: Date): Promise<Fault> {
  const { agent, serial } = shown;
  if (row === undefined) return new Fault('certificate-unknown', { agent, serial });
  if (row.revoked_at !== null) return new Fault('certificate-revoked', { agent, serial });
  return await lock(tx, shown, row, now);
}

/** From now on it is this one that the agent has used last. */
async function succeed(tx: TenantTx, shown: readonly Shown[], found: ReadonlyMap<AgentId, Row>, now: Date): Promise<void> {
  await tx.query(
    `update agent a set generation = c.generation, key_hash = c.key_hash
     from unnest($1::uuid[], $2::text[]) as shown (agent, serial)
     join certificate c on c.agent = shown.agent and c.serial = shown.serial and c.serial = any($2)
     where a.id = shown.agent and a.id = any($1)`,
    columns(shown),
  );
  for (const { agent, serial } of shown) {
    const row = found.get(agent);
    if (row === undefined || row.used_key === null) continue; // its first connection succeeds nothing
    await publish(tx, { topic: 'fleet.certificate-succeeded', body: { agent, serial, generation: row.generation }, createdAt: now });
  }
}

function isNews({ generation, used_generation, used_key }: Row): boolean {
  return generation > used_generation || used_key === null;
}

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

function columns(shown: readonly Shown[]): readonly unknown[] {
  return [shown.map(({ agent }) => agent), shown.map(({ serial }) => serial)];
}
