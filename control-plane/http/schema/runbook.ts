import { z } from 'zod';
import { risks } from '#proto/domain/risk.ts';
import { Name } from '#proto/domain/step-plan.ts';
import { moment, next, text } from './page.ts';

export const trust = z.enum(['manual', 'approve', 'auto-read', 'auto']).describe('What may happen without a person; set by operators for one version, never by a document');

/** What the safety scanner said, and why. */
export const Verdict = z
  .object({
    risk: z.enum(risks),
    reasons: z.array(z.object({ rule: z.string(), why: z.string(), span: z.tuple([z.number(), z.number()]).readonly() })).readonly(),
  })
  .meta({ id: 'Verdict' });

/** Of a step, the worst of its parts, and what was said of each. */
const StepVerdict = z.object({ risk: z.enum(risks), parts: z.object({ run: Verdict.optional(), probe: Verdict.optional(), rollback: Verdict.optional() }) });

export const RunbookSummary = z
  .object({
    name: z.string(),
    version: z.string().describe('SHA-256 of what the document means, in hexadecimal'),
    title: z.string(),
    trust,
    approvals: z.number().int().describe('How many people must approve a step that needs it'),
    steps: z.number().int(),
    importedBy: z.string(),
    importedAt: moment,
  })
  .meta({ id: 'RunbookSummary' });

export const RunbookDetail = RunbookSummary.extend({
  document: z.string().describe('As it was imported'),
  model: z.unknown().describe('What it means: parameters, selector and steps, with placeholders in place'),
  verdicts: z.array(StepVerdict).readonly().describe('One a step, in their order'),
  trustSetBy: z.string().nullable(),
  trustSetAt: moment.nullable(),
}).meta({ id: 'Runbook' });

export const RunbookPage = z.object({ runbooks: z.array(RunbookSummary), next }).meta({ id: 'RunbookPage' });
export const RunbookVersions = z.object({ versions: z.array(RunbookSummary) }).meta({ id: 'RunbookVersions' });

export const NewRunbook = z.strictObject({ document: z.string().min(1).max(256 * 1024).describe('YAML; docs/runbooks.md has every field') });
export const ByName = z.object({ name: Name });
export const version = z.string().regex(/^[0-9a-f]{1,64}$/).describe('The hash of a version, or its beginning');
export const VersionQuery = z.object({ version: version.optional() });
export const ByVersion = z.object({ name: Name, version });
export const NewTrust = z.strictObject({ trust, approvals: z.int().min(1).max(8).default(1).describe('How many people must approve a step that needs it') });

/** A runbook that may put a finding right. */
const Offer = z.object({
  runbook: z.string(),
  version: z.string(),
  title: z.string(),
  trust,
  risks: z.array(z.string()).readonly().describe('Of each step'),
  parameters: z.record(z.string(), z.string()).describe('As far as the finding tells them'),
  missing: z.array(z.object({ name: z.string(), reason: z.string() })).readonly(),
});
export const Offers = z.object({ offers: z.array(Offer) }).meta({ id: 'Offers' });

/** The public half of a key with which somebody approves. */
export const ApproverKey = z
  .object({ id: z.string().describe('SHA-256 of the key, in hexadecimal'), name: z.string(), publicKey: z.string().describe('ed25519: and the key in base64, as agents pin it'), owner: z.string(), ownerName: z.string(), addedAt: moment })
  .meta({ id: 'ApproverKey' });
export const ApproverKeys = z.object({ keys: z.array(ApproverKey) }).meta({ id: 'ApproverKeys' });
export const NewKey = z.strictObject({ publicKey: text(1_024), name: text(100).regex(/^[^\p{Cc}\p{Cf}]*$/u, 'no control characters') });
export const ByKey = z.object({ id: z.string().regex(/^[0-9a-f]{64}$/) });
