import { profiles } from '../x509/profile.ts';
import { endsBeforeIssuer, isLeaf, livesAtMost, namesHostsOnly, servesOnly } from './enforce.ts';
import { bearsHosts, livesWithinIssuer, takesShape } from './modify.ts';
import type { Policy } from './policy.ts';
import { hostsAreNames, keyIsP256, type ServerAsk } from './validate.ts';

/** How servers get theirs. */
export const serverPolicy: Policy<ServerAsk> = {
  validate: [keyIsP256, hostsAreNames],
  modify: [takesShape(profiles.server), livesWithinIssuer(profiles.server), bearsHosts],
  enforce: [isLeaf, servesOnly('serverAuth'), livesAtMost(profiles.server), endsBeforeIssuer, namesHostsOnly],
};
