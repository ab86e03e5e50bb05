import { createHmac, timingSafeEqual } from 'node:crypto';
import { Fault } from '#proto/domain/fault.ts';
import type { Database } from '../../store/database.ts';
import { asSystem } from '../../store/tenant-tx.ts';

/**
 * Numbers that say how fresh something is. None is kept: each carries its end and a seal, so that asking for many fills
 * nothing, and any replica knows those of the others.
 */
export interface Challenges {
  issue(): Promise<Uint8Array>;
  /** @throws Fault `challenge-stale` */
  check(nonce: Uint8Array): Promise<void>;
}

export interface ChallengesOptions {
  readonly db: Database;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Unpredictable bytes. */
  readonly random: (bytes: number) => Uint8Array;
}

const livesMs = 2 * 60_000;
const [endBytes, randomBytes, sealBytes] = [8, 16, 32];

export function createChallenges({ db, clock, random }: ChallengesOptions): Challenges {
  let known: Promise<Uint8Array> | undefined;
  return { issue, check };

  async function issue(): Promise<Uint8Array> {
    const end = Buffer.alloc(endBytes);
    end.writeBigUInt64BE(BigInt(clock() + livesMs));
    const body = Buffer.concat([end, random(randomBytes)]);
    return Buffer.concat([body, await seal(body)]);
  }

  async function check(nonce: Uint8Array): Promise<void> {
    const bytes = Buffer.from(nonce);
    if (bytes.length !== endBytes + randomBytes + sealBytes) throw new Fault('challenge-stale', { reason: 'it is none of ours' });
    const body = bytes.subarray(0, endBytes + randomBytes);
    if (!timingSafeEqual(bytes.subarray(body.length), await seal(body))) throw new Fault('challenge-stale', { reason: 'it is none of ours' });
    const end = body.readBigUInt64BE();
    if (end < BigInt(clock()) || end > BigInt(clock() + 2 * livesMs)) throw new Fault('challenge-stale', { reason: 'it is too old' });
  }

  async function seal(body: Uint8Array): Promise<Buffer> {
    known ??= readKey().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return createHmac('sha256', await known).update(body).digest();
  }

  async function readKey(): Promise<Uint8Array> {
    const { rows } = await asSystem(db, (tx) => tx.query<{ secret: Uint8Array }>('select secret from challenge_key order by made_at limit 1'));
    const [row] = rows;
    if (row === undefined) throw new Fault('broken', { reason: 'challenge_key has no row' });
    return row.secret;
  }
}
