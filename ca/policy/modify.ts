import { isIP } from 'node:net';
import { spiffeUri } from '#proto/domain/identity.ts';
import { backdateMs, type Profile } from '../x509/profile.ts';
import type { Modifier } from './policy.ts';
import type { AgentAsk, ServerAsk } from './validate.ts';

/** Purposes and place in the chain, as the profile says. */
export const takesShape = ({ pathLength, purposes }: Profile): Modifier<unknown> => (draft) => ({ ...draft, pathLength, purposes });

/** Begins a little before now and ends with the profile's lifetime, counted from now. */
export const lives = ({ lifetimeMs }: Profile): Modifier<unknown> => (draft, _ask, { nowMs }) => ({
  ...draft,
  notBefore: new Date(nowMs - backdateMs),
  notAfter: new Date(nowMs + lifetimeMs),
});

/** The same, but never beyond its issuer: a server that starts in the last week of its intermediate still starts. */
export const livesWithinIssuer = (profile: Profile): Modifier<unknown> => (draft, ask, at) => {
  const { notAfter, ...lived } = lives(profile)(draft, ask, at);
  return { ...lived, notAfter: new Date(Math.min(notAfter.getTime(), at.issuerNotAfter.getTime())) };
};

/** The identity that the server decided on; whatever names the request held were never read. */
export const bearsIdentity: Modifier<AgentAsk> = (draft, { tenant, agent }, { trustDomain }) => ({
  ...draft,
  subject: 'O=dd0c,OU=agents',
  names: [{ type: 'url', value: spiffeUri({ trustDomain, tenant, agent }) }],
});

/** The names and addresses of a server. */
export const bearsHosts: Modifier<ServerAsk> = (draft, { hosts }) => ({
  ...draft,
  subject: 'O=dd0c,OU=servers',
  names: [...new Set(hosts)].map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
});
