import { createPublicKey, type KeyObject } from 'node:crypto';
import type { TenantId } from '#proto/domain/identity.ts';
import type { Database } from '../store/database.ts';
import { asTenant, type TenantTx } from '../store/tenant-tx.ts';
import { readHead, type TrailHead } from './append.ts';
import { writeCheckpoint } from './proof/checkpoint.ts';
import { AuditEntry } from './proof/entry.ts';
import { writeNote, writeVerifier } from './proof/note.ts';

/** One entry as it is shown; `line` is what is hashed. */
export interface TrailEntry extends Omit<AuditEntry, 'tenant' | 'prev'> {
  readonly hash: string;
  readonly line: string;
}

/** A signed head of a tenant's trail, and what it is verified with. */
export interface TrailCheckpoint {
  readonly tenant: TenantId;
  readonly origin: string;
  readonly size: number;
  /** The public key as a note verifier: name+id+key. */
  readonly verifier: string;
  /** The signed checkpoint, a C2SP note. */
  readonly note: string;
}

/** What was written down, for those who ask. */
export interface Trail {
  /** Entries behind `after`, the oldest first. */
  entries(tenant: TenantId, { after, limit }: { readonly after: number; readonly limit: number }): Promise<readonly TrailEntry[]>;
  /** Signs where the trail ends now, and keeps what it signed. */
  checkpoint(tenant: TenantId): Promise<TrailCheckpoint>;
}

export interface TrailOptions {
  readonly db: Database;
  readonly signer: TrailSigner;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** The installation's key for checkpoints, Ed25519, and the name under which its logs are known. */
export interface TrailSigner {
  readonly name: string;
  readonly key: KeyObject;
}

export function createTrail({ db, signer, clock }: TrailOptions): Trail {
  return { entries, checkpoint };

  async function entries(tenant: TenantId, { after, limit }: { readonly after: number; readonly limit: number }): Promise<readonly TrailEntry[]> {
    const { rows } = await asTenant(db, tenant, (tx) =>
      tx.query<{ line: string; hash: Uint8Array }>('select line, hash from audit_entry where seq > $1 order by seq limit $2', [after, limit]),
    );
    return rows.map(({ line, hash }) => {
      const { seq, at, topic, body } = AuditEntry.parse(JSON.parse(line));
      return { seq, at, topic, body, hash: Buffer.from(hash).toString('hex'), line };
    });
  }

  async function checkpoint(tenant: TenantId): Promise<TrailCheckpoint> {
    return await asTenant(db, tenant, async (tx) => signHead(tx, tenant, await readHead(tx), signer, new Date(clock())));
  }
}

/** Signs a head and keeps the note, once for each size. */
export async function signHead(tx: TenantTx, tenant: TenantId, { tree }: TrailHead, { name, key }: TrailSigner, now: Date): Promise<TrailCheckpoint> {
  const origin = `${name}/audit/${tenant}`;
  const note = writeNote(writeCheckpoint(origin, tree), { name: origin, key });
  await tx.query('insert into audit_checkpoint (tenant, size, note, signed_at) values ($1, $2, $3, $4) on conflict do nothing', [tenant, tree.size, note, now]);
  return { tenant, origin, size: tree.size, verifier: writeVerifier({ name: origin, key: createPublicKey(key) }), note };
}
