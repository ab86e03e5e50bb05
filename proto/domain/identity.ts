declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A UUID in lower case. */
export type TenantId = Branded<'TenantId'>;
/** A UUID in lower case. */
export type AgentId = Branded<'AgentId'>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return uuid.test(text);
}

export function toTenantId(text: string): TenantId {
  if (!isUuid(text)) throw new TypeError('a tenant id is a UUID in lower case');
  return text as TenantId;
}

export function toAgentId(text: string): AgentId {
  if (!isUuid(text)) throw new TypeError('an agent id is a UUID in lower case');
  return text as AgentId;
}

/** Who an agent is, as its certificate says. */
export interface AgentIdentity {
  readonly trustDomain: string;
  readonly tenant: TenantId;
  readonly agent: AgentId;
}

/** SPIFFE ID (https://github.com/spiffe/spiffe/blob/main/standards/SPIFFE-ID.md), the URI SAN of a leaf. */
export function spiffeUri({ trustDomain, tenant, agent }: AgentIdentity): string {
  return `spiffe://${trustDomain}/tenant/${tenant}/agent/${agent}`;
}

/** The identity in a SPIFFE URI, or null where it is not one of ours. */
export function parseSpiffeUri(uri: string): AgentIdentity | null {
  const parts = /^spiffe:\/\/([a-z0-9._-]{1,255})\/tenant\/([0-9a-f-]{36})\/agent\/([0-9a-f-]{36})$/.exec(uri);
  const [, trustDomain, tenant, agent] = parts ?? [];
  if (trustDomain === undefined || tenant === undefined || agent === undefined) return null;
  if (!isUuid(tenant) || !isUuid(agent)) return null;
  return { trustDomain, tenant: toTenantId(tenant), agent: toAgentId(agent) };
}
