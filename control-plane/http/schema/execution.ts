import { z } from 'zod';
import { Name, Step, StepPlan } from '#proto/domain/step-plan.ts';
import { stepParts } from '#proto/domain/step-run.ts';
import { moment, next, PageQuery, text, uuid } from './page.ts';
import { trust, Verdict, version } from './runbook.ts';

const standing = z.enum(['waiting', 'running', 'succeeded', 'failed', 'denied', 'cancelled', 'unknown']);

export const NewExecution = z.strictObject({
  runbook: Name,
  version: version.optional().describe('The newest without it'),
  agent: uuid.optional().describe('Without it, the agent that reported the finding'),
  finding: uuid.optional().describe('What it is to put right; the stack is scanned again afterwards'),
  parameters: z.record(Name, z.string().max(4_096)).default({}),
});

export const ExecutionSummary = z
  .object({
    id: z.string(),
    runbook: z.string(),
    version: z.string(),
    agent: z.string(),
    standing: standing.describe('unknown: a step may have run or not, and nobody may assume either'),
    at: z.string().nullable().describe('The step whose turn it is'),
    requester: z.object({ id: z.string(), name: z.string() }),
    finding: z.string().nullable(),
    createdAt: moment,
    endedAt: moment.nullable(),
  })
  .meta({ id: 'ExecutionSummary' });

const StepView = z
  .object({
    id: z.string(),
    title: z.string(),
    part: z.enum(stepParts),
    state: z.enum(['pending', 'waiting', 'ordered', 'running', 'ended']),
    how: z.enum(['done', 'failed', 'refused', 'denied', 'expired', 'cancelled', 'skipped', 'forbidden', 'unknown']).nullable(),
    why: z.string().nullable(),
    attempt: z.number().int().nullable(),
    command: z.string().describe('With every parameter in its place, as it was judged'),
    verdict: Verdict,
    needsApproval: z.boolean(),
    planHash: z.string(),
    plan: Step,
    startedAt: moment.nullable(),
    endedAt: moment.nullable(),
    result: z.unknown().describe('dd0c.step-result/v1 as the agent sent it, or null'),
  })
  .meta({ id: 'ExecutionStep' });

export const ExecutionDetail = ExecutionSummary.extend({
  trust,
  parameters: z.record(z.string(), z.string()),
  rollbackOf: z.string().nullable(),
  isCancelled: z.boolean(),
  contact: z.object({ isConnected: z.boolean(), lastHeardAt: moment.nullable() }).describe('Whether its agent can be heard; while it cannot, a running step is as it was heard last'),
  steps: z.array(StepView).readonly(),
  remedy: z
    .object({ finding: z.string(), state: z.enum(['not-yet', 'closed', 'open']), reason: z.string() })
    .nullable()
    .describe('What a scan afterwards showed of the finding'),
}).meta({ id: 'Execution' });

export const ExecutionPage = z.object({ executions: z.array(ExecutionSummary), next }).meta({ id: 'ExecutionPage' });
export const ExecutionQuery = PageQuery.extend({ standing: standing.optional(), finding: uuid.optional() });
export const NewRollback = z.strictObject({ step: Name });

/** What a watch begins behind: a number that an event had as its id. */
export const LastEventId = z.object({ 'last-event-id': z.string().regex(/^\d{1,15}$/).optional() });

/** A question to people: may this run? */
export const Question = z
  .object({
    id: z.string().describe('That of its execution, which asks one at a time'),
    runbook: z.object({ name: z.string(), version: z.string() }),
    requester: z.object({ id: z.string(), name: z.string() }),
    mayApprove: z.boolean().describe('False for the requester of something dangerous'),
    step: StepView,
    plan: StepPlan.describe('All that the hash is over'),
    terms: z
      .object({ tenant: z.string(), agent: z.string(), execution: z.string(), step: z.string(), part: z.enum(stepParts), planHash: z.string(), nonce: z.string(), requester: z.string() })
      .describe('What is signed, beside schema, keyId and notAfterMs'),
    needed: z.number().int().describe('How many people must approve it'),
    given: z.array(z.string()).readonly().describe('The names of those who have'),
    until: moment,
  })
  .meta({ id: 'Approval' });
export const Questions = z.object({ approvals: z.array(Question) }).meta({ id: 'Approvals' });

const base64 = (maxLength: number) => z.string().max(maxLength).regex(/^[A-Za-z0-9+/]+=*$/, 'base64');
export const NewApproval = z.strictObject({
  statement: base64(8_192).describe('Canonical JSON (RFC 8785), dd0c.approval/v1'),
  signature: base64(88).describe('Ed25519 over the statement, by a registered key of whoever approves'),
});
export const NewDenial = z.strictObject({ reason: text(500).regex(/^[^\p{Cc}\p{Cf}]*$/u, 'no control characters') });
export const Decided = z.object({ execution: z.string(), step: z.string(), missing: z.number().int().describe('How many more approvals it takes') }).meta({ id: 'Decided' });
