import { type ApproverKey, readApproverKey } from '#proto/domain/approver-key.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import type { Database } from '../store/database.ts';
import { asTenant, type TenantTx } from '../store/tenant-tx.ts';
import { actorOf, type Person } from './person.ts';
import type { RecordEntry } from './record.ts';

/** A registered key. Times are RFC 3339. */
export interface KeyView {
  readonly id: string;
  readonly name: string;
  readonly publicKey: string;
  readonly owner: string;
  readonly ownerName: string;
  readonly addedAt: string;
}

/**
 * Public halves of the keys with which people approve. What agents accept is decided by the keys that their owners
 * pinned, not by this list: it is for the people here, so that an approval which no agent would take is told at once.
 */
export interface ApproverKeys {
  /** @throws Fault `approver-key-invalid`, `approver-key-taken` */
  addKey(person: Person, wanted: { readonly publicKey: string; readonly name: string }): Promise<KeyView>;
  listKeys(tenant: TenantId): Promise<readonly KeyView[]>;
  /** A person's own; an administrator's any. What it signed on questions that are still open counts no longer. @throws Fault `not-found` */
  removeKey(person: Person, id: string): Promise<void>;
}

export interface ApproverKeysOptions {
  readonly db: Database;
  readonly record: RecordEntry;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

export function createApproverKeys({ db, record, clock }: ApproverKeysOptions): ApproverKeys {
  return { addKey, listKeys, removeKey };

  async function addKey(person: Person, { publicKey, name }: { readonly publicKey: string; readonly name: string }): Promise<KeyView> {
    const { keyId, text } = readApproverKey(publicKey);
    const at = new Date(clock());
    return asTenant(db, person.tenant, async (tx) => {
      const { rows } = await tx.query<KeyRow>(
        `insert into approver_key (id, name, public_key, owner, owner_name, added_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (tenant, id) do update set name = excluded.name, owner = excluded.owner, owner_name = excluded.owner_name, added_at = excluded.added_at, removed_at = null
           where approver_key.removed_at is not null or approver_key.owner = excluded.owner
         returning *`,
        [keyId, name, text, person.tokenId, person.name, at],
      );
      const [row] = rows;
      if (row === undefined) throw new Fault('approver-key-taken', { key: keyId });
      await record(tx, { topic: 'key.added', by: actorOf(person), at, body: { key: keyId, publicKey: text, name } });
      return toView(row);
    });
  }

  async function listKeys(tenant: TenantId): Promise<readonly KeyView[]> {
    const { rows } = await asTenant(db, tenant, (tx) => tx.query<KeyRow>('select * from approver_key where removed_at is null order by added_at, id'));
    return rows.map(toView);
  }

  async function removeKey(person: Person, id: string): Promise<void> {
    const at = new Date(clock());
    await asTenant(db, person.tenant, async (tx) => {
      const { rows } = await tx.query('update approver_key set removed_at = $2 where id = $1 and removed_at is null and (owner = $3 or $4) returning id', [id, at, person.tokenId, person.role === 'admin']);
      if (rows.length === 0) throw new Fault('not-found', { key: id });
      await record(tx, { topic: 'key.removed', by: actorOf(person), at, body: { key: id, voids: await openWith(tx, id) } });
    });
  }
}

/** Executions with an open question that this key has signed. */
async function openWith(tx: TenantTx, key: string): Promise<readonly string[]> {
  const { rows } = await tx.query<{ execution: string }>(
    `select s.execution from execution_step s join approval a on a.nonce = s.nonce where s.state = 'waiting' and a.decision = 'approved' and a.key = $1 order by s.execution`,
    [key],
  );
  return rows.map(({ execution }) => execution);
}

/**
 * The key of this person by its id.
 * @throws Fault `approver-key-unknown`
 */
export async function ownKey(tx: TenantTx, person: Person, keyId: string): Promise<ApproverKey> {
  const { rows } = await tx.query<KeyRow>('select * from approver_key where id = $1 and owner = $2 and removed_at is null', [keyId, person.tokenId]);
  const [row] = rows;
  if (row === undefined) throw new Fault('approver-key-unknown', { key: keyId });
  return readApproverKey(row.public_key);
}

interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly public_key: string;
  readonly owner: string;
  readonly owner_name: string;
  readonly added_at: Date;
}

function toView({ id, name, public_key: publicKey, owner, owner_name: ownerName, added_at: addedAt }: KeyRow): KeyView {
  return { id, name, publicKey, owner, ownerName, addedAt: addedAt.toISOString() };
}
