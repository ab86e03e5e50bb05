import { z } from 'zod';
import { NewRule, Rule } from '../../fleet/joining/rules.ts';
import { moment, next } from './page.ts';
import { labels, networks, tokenName } from './token.ts';

/** Asks for a join policy. */
export const NewJoinPolicy = z.strictObject({
  name: tokenName.describe('What it is for, for people'),
  rule: NewRule,
  labels: labels.optional().describe('Given to every agent that joins under it'),
  networks: networks.optional().describe('CIDR blocks from one of which a host must join; none means any'),
});
export type NewJoinPolicy = z.infer<typeof NewJoinPolicy>;

/** A join policy; nothing in it is secret. */
export const JoinPolicy = z
  .object({
    id: z.string(),
    name: z.string(),
    rule: Rule,
    labels: z.record(z.string(), z.string()),
    networks: z.array(z.string()).readonly(),
    createdAt: moment,
  })
  .meta({ id: 'JoinPolicy' });
export type JoinPolicy = z.infer<typeof JoinPolicy>;

export const MadeJoinPolicy = JoinPolicy.extend({
  server: z.string().describe('`host:port` of the enrolment door'),
  caPin: z.string().describe('`sha256:` and the hash of the key of the root certificate'),
  command: z.string().describe('One line that enrols a host; it needs no secret'),
}).meta({ id: 'MadeJoinPolicy' });
export type MadeJoinPolicy = z.infer<typeof MadeJoinPolicy>;

export const JoinPolicyPage = z.object({ joins: z.array(JoinPolicy), next }).meta({ id: 'JoinPolicyPage' });
