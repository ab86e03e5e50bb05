import { z } from 'zod';
import { causes, changes, PropertyDifference as Difference, severities } from '#proto/domain/finding.ts';
import { moment, next, PageQuery, text } from './page.ts';

/** One property that differs. Its values were checked when they came in, so here they are any JSON. */
export const PropertyDifference = Difference.extend({
  before: z.unknown().describe('What should be; a secret is a placeholder that changes when the secret does'),
  after: z.unknown().describe('What is'),
});

/** A finding in a list. */
export const FindingSummary = z
  .object({
    id: z.string(),
    fingerprint: z.string().describe('The same resource of the same stack has the same fingerprint in every report'),
    stack: z.string(),
    address: z.string(),
    type: z.string(),
    change: z.enum(changes),
    cause: z.enum(causes),
    severity: z.enum(severities),
    noise: z.boolean().describe('True where every difference was explained away by a rule'),
    firstSeen: moment,
    lastSeen: moment,
    resolvedAt: moment.nullable().describe('When a report no longer showed it; null while it is open'),
  })
  .meta({ id: 'FindingSummary' });

/** What became of a finding, and when. */
const FindingEvent = z.object({
  kind: z.enum(['opened', 'changed', 'resolved', 'reopened']),
  at: moment,
  report: z.string().describe('The report that told'),
  previous: z
    .object({ severity: z.enum(severities), change: z.enum(changes), cause: z.enum(causes), properties: z.array(PropertyDifference) })
    .nullable()
    .describe('What it was before, where a report changed or reopened it'),
});

/** A finding with everything that is known of it. */
export const FindingDetail = FindingSummary.extend({
  severityRule: z.string().describe('The rule that set the severity, and why'),
  movedFrom: z.string().nullable(),
  properties: z.array(PropertyDifference),
  events: z.array(FindingEvent).describe('The oldest first'),
}).meta({ id: 'Finding' });

export const FindingPage = z.object({ findings: z.array(FindingSummary), next }).meta({ id: 'FindingPage' });

/** Which findings to list. */
export const FindingQuery = PageQuery.extend({
  stack: text(512).optional().describe('Only those of this stack'),
  state: z.enum(['open', 'resolved', 'all']).default('open'),
  severity: z.enum(severities).optional().describe('Only those at least as severe'),
  change: z.enum(changes).optional(),
  type: text(256).optional().describe('Only resources of this type'),
  address: text(1_024).optional().describe('Only those with this text in their address'),
  noise: z.enum(['hide', 'show', 'only']).default('hide').describe('Whether to list what a rule explained away'),
});
