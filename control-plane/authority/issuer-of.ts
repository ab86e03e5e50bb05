import type { Authority } from '#ca/authority.ts';
import type { AuthorityKeeper } from './keeper.ts';

/** What issues for agents, and whom to believe: each time as the authority is when it is asked. */
export function issuerOf(keeper: Pick<AuthorityKeeper, 'authority'>): {
  readonly issuer: Pick<Authority, 'pin' | 'acceptRequest'>;
  readonly anchors: Pick<Authority, 'trustDomain' | 'trust' | 'issuerOf' | 'accepts'>;
} {
  return {
    issuer: {
      get pin() {
        return keeper.authority.pin;
      },
      acceptRequest: (der) => keeper.authority.acceptRequest(der),
    },
    anchors: {
      trustDomain: keeper.authority.trustDomain, // it outlives every rotation
      get trust() {
        return keeper.authority.trust;
      },
      issuerOf: (leaf) => keeper.authority.issuerOf(leaf),
      accepts: (issuer) => keeper.authority.accepts(issuer),
    },
  };
}
