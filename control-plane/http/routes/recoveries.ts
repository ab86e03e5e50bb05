import type { TenantId } from '#proto/domain/identity.ts';
import { type App, problems } from '../app.ts';
import { principalOf } from '../authentication.ts';
import { ById, Nothing, type Page, PageQuery } from '../schema/page.ts';
import { AgentRecoveryPolicySetting, RecoveryPage, type RecoveryPolicy, RecoveryPolicySetting, RecoveryView } from '../schema/recovery.ts';

/** What the recovery routes ask of the feature `fleet`. */
export interface Recoveries {
  listRecoveries(tenant: TenantId, page: PageQuery): Promise<Page<RecoveryView>>;
  /** @throws Fault `not-found` */
  decideRecovery(tenant: TenantId, id: string, decision: 'approved' | 'denied', by?: string): Promise<RecoveryView>;
  recoveryPolicy(tenant: TenantId): Promise<RecoveryPolicy>;
  setRecoveryPolicy(tenant: TenantId, policy: RecoveryPolicy, by?: string): Promise<void>;
  /** @throws Fault `not-found` */
  setAgentRecoveryPolicy(tenant: TenantId, agent: string, policy: RecoveryPolicy | null, by?: string): Promise<void>;
}

/** Agents that come back after their certificate ran out, and whether they may. */
export function recoveryRoutes(app: App, recoveries: Recoveries): void {
  const tags = ['fleet'];

  app.get(
    '/v1/recoveries',
    {
      config: { operation: 'recoveries.list' },
      schema: { operationId: 'listRecoveries', summary: 'Agents that ask to come back after their certificate ran out', tags, querystring: PageQuery, response: { 200: RecoveryPage, ...problems } },
    },
    async (request) => {
      const { items, next } = await recoveries.listRecoveries(principalOf(request).tenant, request.query);
      return { recoveries: [...items], next };
    },
  );

  for (const [verb, decision, summary] of [
    ['approve', 'approved', 'Lets an agent come back, for the one key for which it asks, within a day'],
    ['deny', 'denied', 'Refuses the key for which an agent asks, for good'],
  ] as const) {
    app.post(
      `/v1/recoveries/:id/${verb}`,
      {
        config: { operation: 'recoveries.decide' },
        schema: { operationId: `${verb}Recovery`, summary, tags, params: ById, response: { 200: RecoveryView, ...problems } },
      },
      async (request) => recoveries.decideRecovery(principalOf(request).tenant, request.params.id, decision, principalOf(request).tokenId),
    );
  }

  app.get(
    '/v1/recovery-policy',
    {
      config: { operation: 'recoverypolicy.get' },
      schema: { operationId: 'getRecoveryPolicy', summary: 'What becomes of agents that come after their certificate ran out', tags, response: { 200: RecoveryPolicySetting, ...problems } },
    },
    async (request) => ({ policy: await recoveries.recoveryPolicy(principalOf(request).tenant) }),
  );

  app.post(
    '/v1/recovery-policy',
    {
      config: { operation: 'recoverypolicy.set' },
      schema: { operationId: 'setRecoveryPolicy', summary: 'Says what becomes of them', tags, body: RecoveryPolicySetting, response: { 204: Nothing, ...problems } },
    },
    async (request, reply) => {
      await recoveries.setRecoveryPolicy(principalOf(request).tenant, request.body.policy, principalOf(request).tokenId);
      return reply.code(204).send();
    },
  );

  app.post(
    '/v1/agents/:id/recovery-policy',
    {
      config: { operation: 'recoverypolicy.set' },
      schema: { operationId: 'setAgentRecoveryPolicy', summary: 'Says it for one agent', tags, params: ById, body: AgentRecoveryPolicySetting, response: { 204: Nothing, ...problems } },
    },
    async (request, reply) => {
      await recoveries.setAgentRecoveryPolicy(principalOf(request).tenant, request.params.id, request.body.policy, principalOf(request).tokenId);
      return reply.code(204).send();
    },
  );
}
