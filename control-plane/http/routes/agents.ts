import type { TenantId } from '#proto/domain/identity.ts';
import { type App, problems } from '../app.ts';
import { principalOf } from '../authentication.ts';
import { Agent, AgentPage } from '../schema/agent.ts';
import { ById, Nothing, type Page, PageQuery } from '../schema/page.ts';
import { ScanAnswer } from '../schema/stack.ts';
import type { ScanOrders } from './stacks.ts';

/** What the agent routes ask of the feature `fleet`. Each throws Fault `not-found` for an agent of nobody or of another tenant. */
export interface AgentFleet {
  listAgents(tenant: TenantId, page: PageQuery): Promise<Page<Agent>>;
  getAgent(tenant: TenantId, id: string): Promise<Agent>;
  /** Cuts the stream and refuses new ones until `unlockAgent`. */
  lockAgent(tenant: TenantId, id: string, by?: string): Promise<Agent>;
  unlockAgent(tenant: TenantId, id: string, by?: string): Promise<Agent>;
  /** Asks the agent to finish what it does and to end. */
  drainAgent(tenant: TenantId, id: string, by?: string): Promise<Agent>;
  /** Cuts the stream and revokes the certificates; the agent has to enrol again. */
  removeAgent(tenant: TenantId, id: string, by?: string): Promise<void>;
}

/** The fleet: who reports, and what an operator can do about it. */
export function agentRoutes(app: App, fleet: AgentFleet, orders: Pick<ScanOrders, 'scanAgent'>): void {
  const tags = ['fleet'];

  app.get(
    '/v1/agents',
    {
      config: { operation: 'agents.list' },
      schema: { operationId: 'listAgents', summary: 'Every agent of the fleet', tags, querystring: PageQuery, response: { 200: AgentPage, ...problems } },
    },
    async (request) => {
      const { items, next } = await fleet.listAgents(principalOf(request).tenant, request.query);
      return { agents: [...items], next };
    },
  );

  app.get(
    '/v1/agents/:id',
    {
      config: { operation: 'agents.get' },
      schema: { operationId: 'getAgent', summary: 'One agent', tags, params: ById, response: { 200: Agent, ...problems } },
    },
    async (request) => fleet.getAgent(principalOf(request).tenant, request.params.id),
  );

  app.post(
    '/v1/agents/:id/lock',
    {
      config: { operation: 'agents.lock' },
      schema: { operationId: 'lockAgent', summary: 'Cuts an agent off until it is unlocked', tags, params: ById, response: { 200: Agent, ...problems } },
    },
    async (request) => fleet.lockAgent(principalOf(request).tenant, request.params.id, principalOf(request).tokenId),
  );

  app.post(
    '/v1/agents/:id/unlock',
    {
      config: { operation: 'agents.unlock' },
      schema: { operationId: 'unlockAgent', summary: 'Lets a locked agent connect again', tags, params: ById, response: { 200: Agent, ...problems } },
    },
    async (request) => fleet.unlockAgent(principalOf(request).tenant, request.params.id, principalOf(request).tokenId),
  );

  app.post(
    '/v1/agents/:id/drain',
    {
      config: { operation: 'agents.drain' },
      schema: { operationId: 'drainAgent', summary: 'Asks an agent to finish what it does, to empty its spool and to end', tags, params: ById, response: { 202: Agent, ...problems } },
    },
    async (request, reply) => reply.code(202).send(await fleet.drainAgent(principalOf(request).tenant, request.params.id, principalOf(request).tokenId)),
  );

  app.delete(
    '/v1/agents/:id',
    {
      config: { operation: 'agents.remove' },
      schema: { operationId: 'removeAgent', summary: 'Takes an agent out of the fleet for good', tags, params: ById, response: { 204: Nothing, ...problems } },
    },
    async (request, reply) => {
      await fleet.removeAgent(principalOf(request).tenant, request.params.id, principalOf(request).tokenId);
      return reply.code(204).send();
    },
  );

  app.post(
    '/v1/agents/:id/scan',
    {
      config: { operation: 'agents.scan' },
      schema: { operationId: 'scanAgent', summary: 'Asks an agent to scan all of its stacks now', tags, params: ById, response: { 202: ScanAnswer, ...problems } },
    },
    async (request, reply) => reply.code(202).send(await orders.scanAgent(principalOf(request).tenant, request.params.id)),
  );
}
