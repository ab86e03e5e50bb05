import { Fault } from '#proto/domain/fault.ts';
import { isUuid, type TenantId } from '#proto/domain/identity.ts';
import type { CaPin } from '#proto/domain/join-token.ts';
import { type Page, readCursor, toPage, writeCursor } from '../../store/cursor.ts';
import type { Database } from '../../store/database.ts';
import { publish } from '../../store/outbox.ts';
import { asTenant } from '../../store/tenant-tx.ts';
import type { Labels } from '../join-tokens.ts';
import { isNetwork } from '../network.ts';
import { type NewRule, Rule } from './rules.ts';

/** Whom AWS or a cluster must vouch for, so that a host joins without a token. Times are RFC 3339. */
export interface JoinPolicy {
  readonly id: string;
  readonly name: string;
  readonly rule: Rule;
  readonly labels: Labels;
  readonly networks: readonly string[];
  readonly createdAt: string;
}

/** A policy that was just made, with what a host needs to come under it. None of it is secret. */
export interface MadeJoinPolicy extends JoinPolicy {
  /** host:port of the enrolment door. */
  readonly server: string;
  readonly caPin: CaPin;
  readonly command: string;
}

export interface NewJoinPolicy {
  readonly name: string;
  readonly rule: NewRule;
  readonly labels?: Labels | undefined;
  readonly networks?: readonly string[] | undefined;
}

/** The join policies of a tenant; without one, nobody joins without a token. `by` is the API token that asks, for the audit trail. */
export interface JoinPolicies {
  /** @throws Fault `request-invalid` */
  addJoinPolicy(tenant: TenantId, wanted: NewJoinPolicy, by?: string): Promise<MadeJoinPolicy>;
  /** The latest first, without those removed. */
  listJoinPolicies(tenant: TenantId, page: PageQuery): Promise<Page<JoinPolicy>>;
  /**
   * Agents that it has let in stay.
   * @throws Fault `not-found`
   */
  removeJoinPolicy(tenant: TenantId, id: string, by?: string): Promise<void>;
}

export interface JoinPoliciesOptions {
  readonly db: Database;
  /** Of the root that issues when a policy is made. */
  readonly caPin: () => CaPin;
  /** host:port of the enrolment door as agents dial it; known once it is open. */
  readonly enrolAddress: () => string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly newId: () => string;
}

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly rule: unknown;
  readonly labels: Labels;
  readonly networks: readonly string[];
  readonly created_at: Date;
}

const list = 'join-policies';

export function createJoinPolicies({ db, caPin, enrolAddress, clock, newId }: JoinPoliciesOptions): JoinPolicies {
  return { addJoinPolicy, listJoinPolicies, removeJoinPolicy };

  async function addJoinPolicy(tenant: TenantId, { name, rule: wanted, labels = {}, networks = [] }: NewJoinPolicy, by?: string): Promise<MadeJoinPolicy> {
    const wrong = networks.find((network) => !isNetwork(network));
    if (wrong !== undefined) throw new Fault('request-invalid', { field: 'networks', given: wrong, expected: 'CIDR, as in 10.0.0.0/8' });
    const [id, now] = [newId(), new Date(clock())];
    const rule = ruleOf(wanted, id);
    await asTenant(db, tenant, async (tx) => {
      await tx.query('insert into join_policy (tenant, id, name, kind, rule, labels, networks, created_at) values ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7, $8)', [
        tenant, id, name, rule.kind, JSON.stringify(rule), JSON.stringify(labels), networks, now,
      ]);
      await publish(tx, { topic: 'fleet.join-policy-added', body: { policy: id, kind: rule.kind, ...whomOf(rule), labels, networks, by: by ?? null }, createdAt: now });
    });
    const server = enrolAddress();
    const pin = caPin();
    const command = `dd0c-agent enroll --server ${server} --ca-pin ${pin} --join ${rule.kind} --policy ${id}`;
    return { id, name, rule, labels, networks, createdAt: now.toISOString(), server, caPin: pin, command };
  }

  async function listJoinPolicies(tenant: TenantId, { limit, cursor }: PageQuery): Promise<Page<JoinPolicy>> {
    const [at, before] = cursor === undefined ? ['infinity', tenant] : readCursor(list, cursor);
    const { rows } = await asTenant(db, tenant, (tx) =>
      tx.query<Row>(
        `select id, name, rule, labels, networks, created_at from join_policy
         where removed_at is null and (created_at, id) < ($1, $2) order by created_at desc, id desc limit $3`,
        [at, before, limit + 1],
      ),
    );
    return toPage(rows, limit, toPolicy, (row) => writeCursor(list, [row.created_at.toISOString(), row.id]));
  }

  async function removeJoinPolicy(tenant: TenantId, id: string, by?: string): Promise<void> {
    if (!isUuid(id)) throw new Fault('not-found', { policy: id });
    const now = new Date(clock());
    await asTenant(db, tenant, async (tx) => {
      const { rows } = await tx.query('update join_policy set removed_at = $2 where id = $1 and removed_at is null returning id', [id, now]);
      if (rows.length === 0) throw new Fault('not-found', { policy: id });
      await publish(tx, { topic: 'fleet.join-policy-removed', body: { policy: id, by: by ?? null }, createdAt: now });
    });
  }
}

/** A token for one policy is none for another where each has an audience of its own. */
function ruleOf(wanted: NewRule, id: string): Rule {
  const rule = Rule.safeParse(wanted.kind === 'aws' ? wanted : { ...wanted, audience: wanted.audience ?? `dd0c:${id}` });
  if (!rule.success) throw new Fault('request-invalid', { field: `rule.${rule.error.issues[0]?.path.join('.')}`, reason: rule.error.issues[0]?.message });
  return rule.data;
}

/** Whom a rule names, for the audit trail. */
function whomOf(rule: Rule): Record<string, string | string[]> {
  return rule.kind === 'aws' ? { accounts: rule.accounts, roles: rule.roles } : { issuer: rule.issuer, audience: rule.audience, serviceAccounts: rule.serviceAccounts };
}

function toPolicy({ id, name, rule, labels, networks, created_at }: Row): JoinPolicy {
  return { id, name, rule: Rule.parse(rule), labels, networks, createdAt: created_at.toISOString() };
}
