import type { RunbookUse } from '../../runbook/runbooks.ts';
import { type App, problems } from '../app.ts';
import { principalOf } from '../authentication.ts';
import { createEventStreams } from '../event-stream.ts';
import { Decided, ExecutionDetail, ExecutionPage, ExecutionQuery, LastEventId, NewApproval, NewDenial, NewExecution, NewRollback, Question, Questions } from '../schema/execution.ts';
import { ById } from '../schema/page.ts';

/** Runbooks at work, and the approvals that they wait for. */
export function executionRoutes(app: App, runbooks: RunbookUse): void {
  const tags = ['runbooks'];
  const streams = createEventStreams(app);

  app.post(
    '/v1/executions',
    {
      config: { operation: 'executions.start' },
      schema: { operationId: 'startExecution', summary: 'Runs a runbook on an agent, as far as it may without a person', tags, body: NewExecution, response: { 201: ExecutionDetail, ...problems } },
    },
    async (request, reply) => reply.code(201).send(await runbooks.startExecution(principalOf(request), request.body)),
  );

  app.get(
    '/v1/executions',
    {
      config: { operation: 'executions.list' },
      schema: { operationId: 'listExecutions', summary: 'Executions, the newest first', tags, querystring: ExecutionQuery, response: { 200: ExecutionPage, ...problems } },
    },
    async (request) => {
      const { items, next } = await runbooks.listExecutions(principalOf(request).tenant, request.query);
      return { executions: [...items], next };
    },
  );

  app.get(
    '/v1/executions/:id',
    {
      config: { operation: 'executions.get' },
      schema: { operationId: 'getExecution', summary: 'One execution, step by step', tags, params: ById, response: { 200: ExecutionDetail, ...problems } },
    },
    async (request) => runbooks.getExecution(principalOf(request).tenant, request.params.id),
  );

  app.get(
    '/v1/executions/:id/events',
    {
      config: { operation: 'executions.events.list' },
      schema: {
        operationId: 'watchExecution',
        summary: 'What happens and what steps write, as server-sent events; a last-event-id goes on behind that event',
        tags,
        params: ById,
        headers: LastEventId,
      },
    },
    async (request, reply) => {
      const after = Number(request.headers['last-event-id'] ?? 0);
      await streams.send(request, reply, async function* (signal) {
        for await (const { ordinal, kind, at, step, body, stream, atMs, text } of await runbooks.watchExecution(principalOf(request).tenant, request.params.id, after, signal)) {
          const told = kind === 'output' ? { step, stream, atMs, text } : body;
          yield { id: String(ordinal), event: kind, data: { at: at.toISOString(), ...(told as object) } };
        }
      });
    },
  );

  app.post(
    '/v1/executions/:id/cancel',
    {
      config: { operation: 'executions.cancel' },
      schema: { operationId: 'cancelExecution', summary: 'Begins nothing more, and ends what runs', tags, params: ById, response: { 200: ExecutionDetail, ...problems } },
    },
    async (request) => runbooks.cancelExecution(principalOf(request), request.params.id),
  );

  app.post(
    '/v1/executions/:id/rollback',
    {
      config: { operation: 'executions.start' },
      schema: { operationId: 'rollBack', summary: 'Takes the effect of a step back, as an execution of its own', tags, params: ById, body: NewRollback, response: { 201: ExecutionDetail, ...problems } },
    },
    async (request, reply) => reply.code(201).send(await runbooks.rollBack(principalOf(request), request.params.id, request.body.step)),
  );

  app.get(
    '/v1/approvals',
    { config: { operation: 'approvals.list' }, schema: { operationId: 'listApprovals', summary: 'What people are asked now', tags, response: { 200: Questions, ...problems } } },
    async (request) => ({ approvals: [...(await runbooks.listQuestions(principalOf(request)))] }),
  );

  app.get(
    '/v1/approvals/:id',
    {
      config: { operation: 'approvals.list' },
      schema: { operationId: 'getApproval', summary: 'What is asked about one execution, and the terms to sign', tags, params: ById, response: { 200: Question, ...problems } },
    },
    async (request) => runbooks.getQuestion(principalOf(request), request.params.id),
  );

  app.post(
    '/v1/approvals/:id/approve',
    {
      config: { operation: 'approvals.decide' },
      schema: { operationId: 'approve', summary: 'Lets a step run once, by a signature over its plan', tags, params: ById, body: NewApproval, response: { 200: Decided, ...problems } },
    },
    async (request) => {
      const { statement, signature } = request.body;
      return runbooks.approve(principalOf(request), request.params.id, { statement: Buffer.from(statement, 'base64'), signature: Buffer.from(signature, 'base64') });
    },
  );

  app.post(
    '/v1/approvals/:id/deny',
    {
      config: { operation: 'approvals.decide' },
      schema: { operationId: 'deny', summary: 'Ends the execution before the step', tags, params: ById, body: NewDenial, response: { 200: Decided, ...problems } },
    },
    async (request) => runbooks.deny(principalOf(request), request.params.id, request.body.reason),
  );
}
