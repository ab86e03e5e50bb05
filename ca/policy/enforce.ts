import { parseSpiffeUri } from '#proto/domain/identity.ts';
import { backdateMs, type Profile, type Purpose } from '../x509/profile.ts';
import type { Enforcer } from './policy.ts';

export const isLeaf: Enforcer = ({ pathLength }) => (pathLength === null ? null : 'a leaf is no authority');

export const servesOnly = (purpose: Purpose): Enforcer => ({ purposes }) =>
  purposes.length === 1 && purposes[0] === purpose ? null : `its one purpose is ${purpose}`;

/** A longer life than the profile's would outlast what the fleet reckons with. */
export const livesAtMost = ({ lifetimeMs }: Profile): Enforcer => ({ notBefore, notAfter }) =>
  notAfter.getTime() - notBefore.getTime() <= lifetimeMs + backdateMs ? null : 'it lives too long';

/** A certificate that outlives its issuer breaks in the middle of its life, on every host at once. */
export const endsBeforeIssuer: Enforcer = ({ notAfter }, { issuerNotAfter }) =>
  notAfter.getTime() <= issuerNotAfter.getTime() ? null : 'the authority that signs it ends before it does';

/** The one name of an agent is its identity, under our own trust domain. */
export const namesOneAgent: Enforcer = ({ names }, { trustDomain }) => {
  const [name, ...others] = names;
  if (name?.type !== 'url' || others.length > 0) return 'an agent has one name, a URI';
  return parseSpiffeUri(name.value)?.trustDomain === trustDomain ? null : 'the name is not an agent of this trust domain';
};

/** No identity of an agent on a certificate of a server. */
export const namesHostsOnly: Enforcer = ({ names }) =>
  names.length > 0 && names.every(({ type }) => type !== 'url') ? null : 'a server has host names and addresses only';
