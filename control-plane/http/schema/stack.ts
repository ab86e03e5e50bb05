import { z } from 'zod';
import { Finding, severities } from '#proto/domain/finding.ts';
import { Ledger, Removal, StackError, stackKinds } from '#proto/domain/report.ts';
import { PropertyDifference } from './finding.ts';
import { moment, next, PageQuery, text } from './page.ts';

const count = z.number().int().nonnegative();

/** How many findings are open, by severity; noise does not count. */
export const OpenFindings = z.object(
  Object.fromEntries(severities.map((severity) => [severity, count])) as Record<(typeof severities)[number], typeof count>,
);

/** What was looked at in a scan and what was not, as numbers. */
export const LedgerCounts = Ledger.omit({ gaps: true });

/** One stack as its latest report left it. */
export const Stack = z
  .object({
    id: z.string(),
    kind: z.enum(stackKinds),
    source: z.string(),
    against: z.string(),
    agent: z.string().describe('The id of the agent that reported it last'),
    lastReport: z.string().describe('The id of the latest report'),
    firstSeenAt: moment,
    lastScannedAt: moment,
    open: OpenFindings,
    ledger: LedgerCounts,
    error: StackError.nullable().describe('Why the stack could not be read, or null'),
  })
  .meta({ id: 'Stack' });

export const StackPage = z.object({ stacks: z.array(Stack), next }).meta({ id: 'StackPage' });

/** One scan of a stack in its history. */
export const ReportSummary = z
  .object({
    id: z.string(),
    stack: z.string(),
    agent: z.string(),
    against: z.string(),
    scannedAt: moment,
    receivedAt: moment,
    ledger: LedgerCounts,
    findings: count.describe('Without noise'),
    noise: count,
    opened: count,
    changed: count,
    resolved: count,
    reopened: count,
    error: StackError.nullable(),
  })
  .meta({ id: 'ReportSummary' });

export const ReportPage = z.object({ reports: z.array(ReportSummary), next }).meta({ id: 'ReportPage' });

/** A report as the agent sent it. */
export const ReportDetail = ReportSummary.omit({ findings: true, noise: true, opened: true, changed: true, resolved: true, reopened: true })
  .extend({
    kind: z.enum(stackKinds),
    source: z.string(),
    lineage: z.string().nullable(),
    serial: z.number().int().nullable(),
    ledger: Ledger,
    removed: z.array(Removal).describe('What the scrubber took out, by rule and place'),
    findings: z.array(Finding.extend({ properties: z.array(PropertyDifference) })),
  })
  .meta({ id: 'Report' });

export const StackQuery = PageQuery;

/** A stack's own name; it may hold slashes, written %2F. */
export const StackById = z.object({ id: text(512) });

/** Which agents were asked to scan. */
export const ScanAnswer = z
  .object({ orders: z.array(z.object({ id: z.string(), agent: z.string() })) })
  .meta({ id: 'ScanOrders' });
export type ScanAnswer = z.infer<typeof ScanAnswer>;
