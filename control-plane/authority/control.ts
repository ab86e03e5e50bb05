import { hostname } from 'node:os';
import { join } from 'node:path';
import type { AuthorityDocument, IntermediateRole } from '#ca/document.ts';
import { makePrivateFolder, writePrivateFile } from '#ca/keys/private-file.ts';
import type { RotationStep } from '#ca/rotation.ts';
import { fingerprintOf } from '#ca/x509/fingerprint.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import type { Json } from '#proto/domain/json.ts';
import type { Database } from '../store/database.ts';
import { publish } from '../store/outbox.ts';
import { enterTenant } from '../store/tenant-tx.ts';
import { exportRootKey, importIntermediate, removeRootKey, renewIntermediate, requestIntermediate, type Which } from './custody.ts';
import { gateOf } from './gates.ts';
import type { AuthorityKeeper, Changed } from './keeper.ts';
import { type AgentStanding, judgeReadiness, readStandings } from './readiness.ts';
import { type GivenRoot, takeStep } from './rotate.ts';
import { type AuthorityStatus, statusOf } from './status.ts';

/** Who asks: an administrator, by the API token. */
export interface Administrator {
  readonly tenant: TenantId;
  readonly tokenId: string;
}

/** What is asked of a step beside its name. */
export interface StepOptions {
  readonly step: RotationStep;
  /** Leaves behind whoever is not ready. */
  readonly force: boolean;
  /** How many of the agents that are counted have to be ready, from 0 to 1. */
  readonly share: number;
  /** For `prepare`: a root that was made elsewhere. */
  readonly given?: GivenRoot | undefined;
}

/** Where the key of a root was written to, and what opens it; told once. */
export interface ExportedRoot {
  readonly host: string;
  readonly file: string;
  readonly passphrase: string;
}

/**
 * What an administrator does with the authority. It belongs to the installation, so that only the first tenant's may; every
 * action stands in that tenant's audit trail. Each throws Fault `not-the-installation`.
 */
export interface AuthorityControl {
  status(who: Administrator): Promise<AuthorityStatus>;
  /** @throws Fault `rotation-out-of-order`, `rotation-not-ready`, `root-key-elsewhere`, `root-unfit`, `intermediate-missing` */
  rotate(who: Administrator, options: StepOptions): Promise<AuthorityStatus>;
  /**
   * Writes the key into the data folder of this server, encrypted: whoever has the passphrase still needs the host, and the
   * other way round.
   * @throws Fault `root-key-elsewhere`
   */
  exportRoot(who: Administrator, which: Which): Promise<ExportedRoot>;
  /** @throws Fault `root-key-elsewhere`, `root-not-exported` */
  removeRoot(who: Administrator, which: Which): Promise<AuthorityStatus>;
  /** Answers a certificate request in PEM. */
  requestIntermediate(who: Administrator, role: IntermediateRole, which: Which): Promise<{ readonly role: IntermediateRole; readonly request: string }>;
  /** @throws Fault `intermediate-unfit`, `intermediate-not-requested` */
  importIntermediate(who: Administrator, pem: string): Promise<AuthorityStatus>;
  /** @throws Fault `root-key-elsewhere` */
  renewIntermediate(who: Administrator, role: IntermediateRole, which: Which): Promise<AuthorityStatus>;
  /**
   * The database was put back to an older copy: certificates that were issued before now and are not in it are taken for what
   * they are, once each, where their agent is known.
   */
  restored(who: Administrator): Promise<AuthorityStatus>;
}

export interface ControlParts {
  readonly keeper: AuthorityKeeper;
  readonly db: Database;
  /** In the order in which they came. */
  readonly tenants: () => Promise<readonly TenantId[]>;
  /** The data folder. */
  readonly data: string;
  readonly clock: () => number;
  readonly random: (count: number) => Buffer;
}

const passphraseBytes = 24;

export function createAuthorityControl({ keeper, db, tenants, data, clock, random }: ControlParts): AuthorityControl {
  return {
    async status(who) {
      await refuseOthers(who);
      return await look(who);
    },

    async rotate(who, { step, force, share, given }) {
      await refuseOthers(who);
      const standings = await read();
      await act(who, `ca.${doneBy[step]}`, async (document) => {
        const changed = await takeStep(document, step, moment(), given); // the order of steps comes before who is ready
        const gate = gateOf(step, document);
        const { ready, waiting, share: reached } = judgeReadiness(standings, (standing) => gate?.isReady(standing) ?? true, clock());
        const counted = ready.length + waiting.length;
        if (!force && reached < share) throw new Fault('rotation-not-ready', { step, ready: ready.length, counted, needs: share });
        const pins = { root: fingerprintOf(document.current.root), successor: successorOf(changed) ?? successorOf(document) };
        return { document: changed, answer: null, body: { ...pins, forced: force, ready: ready.length, counted } };
      });
      return await look(who);
    },

    async exportRoot(who, which) {
      await refuseOthers(who);
      const passphrase = random(passphraseBytes).toString('base64url');
      return await act(who, 'ca.root-exported', async (document) => {
        const { rootKey } = document[which] ?? document.current;
        const file = join(data, 'ca', `${rootKey}.pem`);
        const text = exportRootKey(document, which, passphrase);
        await makePrivateFolder(join(data, 'ca'));
        await writePrivateFile(file, text);
        const exported = { ...document.exported, [rootKey]: moment().at };
        return { document: { ...document, exported }, answer: { host: hostname(), file, passphrase }, body: { key: rootKey } };
      });
    },

    async removeRoot(who, which) {
      await refuseOthers(who);
      await act(who, 'ca.root-removed', async (document) => ({ document: removeRootKey(document, which), answer: null, body: { key: (document[which] ?? document.current).rootKey } }));
      return await look(who);
    },

    async requestIntermediate(who, role, which) {
      await refuseOthers(who);
      return await act(who, 'ca.intermediate-requested', async (document) => {
        const { document: changed, request } = await requestIntermediate(document, role, which, moment());
        return { document: changed, answer: { role, request }, body: { role, root: (document[which] ?? document.current).rootKey } };
      });
    },

    async importIntermediate(who, pem) {
      await refuseOthers(who);
      await act(who, 'ca.intermediate-imported', async (document) => {
        const { document: changed, role } = importIntermediate(document, pem, moment());
        return { document: changed, answer: null, body: { role, fingerprint: fingerprintOf(pem) } };
      });
      return await look(who);
    },

    async renewIntermediate(who, role, which) {
      await refuseOthers(who);
      await act(who, 'ca.intermediate-renewed', async (document) => ({ document: await renewIntermediate(document, role, which, moment()), answer: null, body: { role } }));
      return await look(who);
    },

    async restored(who) {
      await refuseOthers(who);
      await act(who, 'ca.restored', async (document) => ({ document: { ...document, restoredAt: moment().at }, answer: null, body: {} }));
      return await look(who);
    },
  };

  async function refuseOthers({ tenant }: Administrator): Promise<void> {
    const [first] = await tenants();
    if (first !== tenant) throw new Fault('not-the-installation');
  }

  async function look({ tenant }: Administrator): Promise<AuthorityStatus> {
    await keeper.refresh();
    return statusOf(keeper.document, await read(), tenant, clock());
  }

  async function read(): Promise<readonly AgentStanding[]> {
    return await readStandings(db, await tenants());
  }

  /** Changes the authority and writes down who did, in one transaction. */
  function act<Answer>({ tenant, tokenId }: Administrator, topic: string, work: (document: AuthorityDocument) => Promise<Acted<Answer>>): Promise<Answer> {
    return keeper.change(async (document) => {
      const { body, ...changed } = await work(document);
      return {
        ...changed,
        tell: async (tx) => publish(await enterTenant(tx, tenant), { topic, body: { ...body, by: tokenId }, createdAt: new Date(clock()) }),
      };
    });
  }

  function moment() {
    return { nowMs: clock(), at: new Date(clock()).toISOString(), randomBytes: random };
  }
}

interface Acted<Answer> extends Omit<Changed<Answer>, 'tell'> {
  /** For the audit trail: ids, hashes and counts. */
  readonly body: Readonly<Record<string, Json>>;
}

const doneBy = { prepare: 'prepared', trust: 'trusted', issue: 'issuing', retire: 'retired', 'roll-back': 'rolled-back' } as const satisfies Record<RotationStep, string>;

function successorOf({ successor }: AuthorityDocument): string | null {
  return successor === null ? null : fingerprintOf(successor.root);
}
