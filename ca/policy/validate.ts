import { isIP } from 'node:net';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import { isP256Key } from '../x509/p256.ts';
import type { Validator } from './policy.ts';

/** A certificate for an agent of a tenant, for a key whose possession was proven. */
export interface AgentAsk {
  readonly publicKey: Uint8Array;
  readonly tenant: TenantId;
  readonly agent: AgentId;
}

/** A certificate for a server, under the names and addresses by which it is dialled. */
export interface ServerAsk {
  readonly publicKey: Uint8Array;
  readonly hosts: readonly string[];
}

/** More than any machine is dialled by. */
const maxHosts = 32;

export const keyIsP256: Validator<{ readonly publicKey: Uint8Array }> = ({ publicKey }) =>
  isP256Key(publicKey) ? null : 'the key is not P-256';

export const hostsAreNames: Validator<ServerAsk> = ({ hosts }) => {
  if (hosts.length === 0 || hosts.length > maxHosts) return `a server has 1 to ${maxHosts} names`;
  const wrong = hosts.find((host) => isIP(host) === 0 && !isDnsName(host));
  return wrong === undefined ? null : `${JSON.stringify(wrong)} is neither a host name nor an address`;
};

/** RFC 1123, section 2.1, with underscores as some networks have them; no wildcards. */
function isDnsName(text: string): boolean {
  return text.length <= 253 && text.split('.').every((label) => /^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/.test(label));
}
