import type { Logger } from 'pino';
import { type Authority, openAuthority } from '#ca/authority.ts';
import { type AuthorityDocument, parseDocument, writeDocument } from '#ca/document.ts';
import type { Seal } from '#ca/keys/seal.ts';
import { asFault, Fault } from '#proto/domain/fault.ts';
import type { Database } from '../store/database.ts';
import { asSystem, type SystemTx } from '../store/tenant-tx.ts';
import { type AuthorityRow, authorityRow } from './authority-row.ts';

/**
 * The authority of this process, kept in the database: as it was when somebody last looked. Every replica has one, and
 * each sees within moments what another changed.
 */
export interface AuthorityKeeper {
  readonly authority: Authority;
  readonly document: AuthorityDocument;
  /** Looks whether another replica has changed it; what fails is told, and the next look comes. */
  refresh(): Promise<void>;
  /**
   * Changes it, one change after another, over all replicas. `work` is given the newest document; what it tells stands or
   * falls with the change.
   */
  change<Answer>(work: Change<Answer>): Promise<Answer>;
  /** Told after every change, whoever made it. */
  onChange(listener: () => void): void;
}

export type Change<Answer> = (document: AuthorityDocument) => Promise<Changed<Answer>>;

export interface Changed<Answer> {
  /** What it becomes. */
  readonly document: AuthorityDocument;
  readonly answer: Answer;
  /** Writes in the same transaction, as whomever it likes: it is the last to do so. */
  readonly tell?: (tx: SystemTx) => Promise<void>;
}

export interface KeeperParts {
  readonly db: Database;
  readonly seal: Seal;
  readonly clock: () => number;
  readonly random: (count: number) => Uint8Array;
  readonly log: Pick<Logger, 'info' | 'error'>;
}

/**
 * Opens the authority that a row holds.
 * @throws Fault `seal-broken`, `authority-unreadable`, `authority-key-missing`
 */
export async function keepAuthority(row: AuthorityRow, { db, seal, clock, random, log }: KeeperParts): Promise<AuthorityKeeper> {
  const listeners: (() => void)[] = [];
  let kept = await open(row);

  return {
    get authority() {
      return kept.authority;
    },
    get document() {
      return kept.document;
    },
    refresh,
    change,
    onChange: (listener) => void listeners.push(listener),
  };

  async function refresh(): Promise<void> {
    try {
      const newer = await asSystem(db, (tx) => authorityRow(tx).readNewer(kept.version));
      if (newer !== null) await take(await open(newer));
    } catch (error) {
      log.error({ reason: asFault(error).message }, 'the authority could not be read again; it goes on as it was');
    }
  }

  async function change<Answer>(work: Change<Answer>): Promise<Answer> {
    const { row, answer } = await asSystem(db, async (tx) => {
      const rows = authorityRow(tx);
      const before = await rows.lock();
      if (before === null) throw new Fault('authority-unreadable', { reason: 'it is gone from the database' });
      const { document, answer, tell } = await work(openSealed(seal, before));
      const row = sealDocument(seal, document, before.version + 1);
      await openDocument(document); // what does not open is not kept
      await rows.replace(row, new Date(clock()));
      await tell?.(tx);
      return { row, answer };
    });
    await take(await open(row));
    return answer;
  }

  /** An older one comes from a database that was put back under a server that runs: it would trust again what was retired. */
  async function take(opened: Opened): Promise<void> {
    if (opened.version < kept.version) throw new Fault('authority-rolled-back', { version: kept.version, found: opened.version });
    if (opened.version === kept.version) return;
    kept = opened;
    log.info({ version: opened.version, phase: opened.document.rotation.phase }, 'the authority has changed');
    for (const listener of listeners) listener();
  }

  async function open(row: AuthorityRow): Promise<Opened> {
    const document = openSealed(seal, row);
    return { version: row.version, document, authority: await openDocument(document) };
  }

  function openDocument(document: AuthorityDocument): Promise<Authority> {
    return openAuthority(document, { now: clock, randomBytes: random });
  }
}

interface Opened {
  readonly version: number;
  readonly document: AuthorityDocument;
  readonly authority: Authority;
}

/** The row of a document; the seal is bound to the version, so that an older content does not pass for a newer one. */
export function sealDocument(seal: Seal, document: AuthorityDocument, version: number): AuthorityRow {
  return { version, sealed: seal.close(writeDocument(document), labelOf(version)) };
}

function openSealed(seal: Seal, { version, sealed }: AuthorityRow): AuthorityDocument {
  return parseDocument(seal.open(sealed, labelOf(version)));
}

function labelOf(version: number): string {
  return `dd0c.authority/v1 ${version}`;
}
