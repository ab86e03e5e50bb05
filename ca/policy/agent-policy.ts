import { profiles } from '../x509/profile.ts';
import { endsBeforeIssuer, isLeaf, livesAtMost, namesOneAgent, servesOnly } from './enforce.ts';
import { bearsIdentity, lives, takesShape } from './modify.ts';
import type { Policy } from './policy.ts';
import { type AgentAsk, keyIsP256 } from './validate.ts';

/** How agents get their certificates. */
export const agentPolicy: Policy<AgentAsk> = {
  validate: [keyIsP256],
  modify: [takesShape(profiles.agent), lives(profiles.agent), bearsIdentity],
  enforce: [isLeaf, servesOnly('clientAuth'), livesAtMost(profiles.agent), endsBeforeIssuer, namesOneAgent],
};
