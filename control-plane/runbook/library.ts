import { canonicalHash } from '#proto/domain/canonical.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import { type Page, readCursor, toPage, writeCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { asTenant, type TenantTx } from '../store/tenant-tx.ts';
import { type Classify, judgeRunbook, type StepVerdict } from './document/judge.ts';
import { readRunbook } from './document/read-runbook.ts';
import type { Runbook } from './document/runbook.ts';
import { actorOf, type Person } from './person.ts';
import type { RecordEntry } from './record.ts';
import { firstTrust, type Trust } from './trust.ts';

/** One version of a runbook in a list. Times are RFC 3339. */
export interface RunbookSummary {
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly trust: Trust;
  /** How many people must approve a step that needs it. */
  readonly approvals: number;
  readonly steps: number;
  readonly importedBy: string;
  readonly importedAt: string;
}

/** One version, with all that is known of it. */
export interface RunbookDetail extends RunbookSummary {
  /** As it was imported. */
  readonly document: string;
  readonly model: Runbook;
  /** One a step, in their order. */
  readonly verdicts: readonly StepVerdict[];
  readonly trustSetBy: string | null;
  readonly trustSetAt: string | null;
}

/** What an operator says of a version; without a number, one approval is enough. */
export interface Trusting {
  readonly trust: Trust;
  readonly approvals?: number | undefined;
}

/** What was imported, version by version. */
export interface Library {
  /**
   * Takes a document in. The same meaning again is the version that is there already.
   * @throws Fault `runbook-invalid`
   */
  importRunbook(person: Person, document: string): Promise<RunbookDetail>;
  /** The newest version of each, by name. */
  listRunbooks(tenant: TenantId, page: PageQuery): Promise<Page<RunbookSummary>>;
  /** All versions of one, the newest first. @throws Fault `not-found` */
  listVersions(tenant: TenantId, name: string): Promise<readonly RunbookSummary[]>;
  /** The newest, or the one that is named by the beginning of its hash. @throws Fault `not-found` */
  getRunbook(tenant: TenantId, name: string, version?: string): Promise<RunbookDetail>;
  /** @throws Fault `not-found` */
  setTrust(person: Person, name: string, version: string, wanted: Trusting): Promise<RunbookDetail>;
}

export interface LibraryOptions {
  readonly db: Database;
  readonly classify: Classify;
  readonly record: RecordEntry;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const list = 'runbooks';

export function createLibrary({ db, classify, record, clock }: LibraryOptions): Library {
  return { importRunbook, listRunbooks, listVersions, getRunbook, setTrust };

  async function importRunbook(person: Person, document: string): Promise<RunbookDetail> {
    const { runbook, verdicts } = read(document, classify);
    const version = canonicalHash(runbook);
    const at = new Date(clock());
    return asTenant(db, person.tenant, async (tx) => {
      const { rows } = await tx.query(
        `insert into runbook (name, version, title, document, model, verdicts, trust, imported_by, imported_at)
         values ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7, $8, $9) on conflict do nothing returning ordinal`,
        [runbook.name, version, runbook.title, document, JSON.stringify(runbook), JSON.stringify(verdicts), firstTrust, person.name, at],
      );
      if (rows.length > 0) await record(tx, { topic: 'runbook.imported', by: actorOf(person), at, body: { runbook: runbook.name, version, risks: verdicts.map(({ risk }) => risk) } });
      return findRunbook(tx, runbook.name, version);
    });
  }

  async function listRunbooks(tenant: TenantId, { limit, cursor }: PageQuery): Promise<Page<RunbookSummary>> {
    const [after] = cursor === undefined ? [''] : readCursor(list, cursor);
    const { rows } = await asTenant(db, tenant, (tx) =>
      tx.query<RunbookRow>('select distinct on (name) * from runbook where name > $1 order by name, ordinal desc limit $2', [after, limit + 1]),
    );
    return toPage(rows, limit, toSummary, ({ name }) => writeCursor(list, [name]));
  }

  async function listVersions(tenant: TenantId, name: string): Promise<readonly RunbookSummary[]> {
    const { rows } = await asTenant(db, tenant, (tx) => tx.query<RunbookRow>('select * from runbook where name = $1 order by ordinal desc', [name]));
    if (rows.length === 0) throw new Fault('not-found', { runbook: name });
    return rows.map(toSummary);
  }

  function getRunbook(tenant: TenantId, name: string, version = ''): Promise<RunbookDetail> {
    return asTenant(db, tenant, (tx) => findRunbook(tx, name, version));
  }

  async function setTrust(person: Person, name: string, version: string, { trust, approvals = 1 }: Trusting): Promise<RunbookDetail> {
    const at = new Date(clock());
    return asTenant(db, person.tenant, async (tx) => {
      const before = await findRunbook(tx, name, version);
      await tx.query('update runbook set trust = $3, trust_set_by = $4, trust_set_at = $5, approvals = $6 where name = $1 and version = $2', [name, before.version, trust, person.name, at, approvals]);
      await record(tx, { topic: 'runbook.trusted', by: actorOf(person), at, body: { runbook: name, version: before.version, before: before.trust, after: trust, approvals } });
      return findRunbook(tx, name, before.version);
    });
  }
}

/**
 * The newest version, or the newest whose hash begins so.
 * @throws Fault `not-found`
 */
export async function findRunbook(tx: TenantTx, name: string, version: string): Promise<RunbookDetail> {
  const { rows } = await tx.query<RunbookRow>('select * from runbook where name = $1 and starts_with(version, $2) order by ordinal desc limit 1', [name, version]);
  const [row] = rows;
  if (row === undefined) throw new Fault('not-found', { runbook: name, version: version === '' ? undefined : version });
  return toDetail(row);
}

/** The newest version of every runbook that says which findings it is for. */
export async function runbooksForFindings(tx: TenantTx): Promise<readonly RunbookDetail[]> {
  const { rows } = await tx.query<RunbookRow>(`select * from (select distinct on (name) * from runbook order by name, ordinal desc) newest where model -> 'selector' <> 'null'::jsonb order by name`);
  return rows.map(toDetail);
}

function read(document: string, classify: Classify): { runbook: Runbook; verdicts: readonly StepVerdict[] } {
  const { runbook, lineOf } = readRunbook(document);
  try {
    return { runbook, verdicts: judgeRunbook(runbook, classify) };
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'runbook-invalid') throw error;
    throw new Fault('runbook-invalid', { line: lineOf(String(error.facts['field'])), ...error.facts });
  }
}

interface RunbookRow {
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly document: string;
  readonly model: Runbook;
  readonly verdicts: readonly StepVerdict[];
  readonly trust: Trust;
  readonly approvals: number;
  readonly trust_set_by: string | null;
  readonly trust_set_at: Date | null;
  readonly imported_by: string;
  readonly imported_at: Date;
}

function toSummary({ name, version, title, trust, approvals, model, imported_by: importedBy, imported_at: importedAt }: RunbookRow): RunbookSummary {
  return { name, version, title, trust, approvals, steps: model.steps.length, importedBy, importedAt: importedAt.toISOString() };
}

function toDetail(row: RunbookRow): RunbookDetail {
  const { document, model, verdicts, trust_set_by: trustSetBy, trust_set_at: trustSetAt } = row;
  return { ...toSummary(row), document, model, verdicts, trustSetBy, trustSetAt: trustSetAt?.toISOString() ?? null };
}
