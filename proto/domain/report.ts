import { z } from 'zod';
import type { Finding } from './finding.ts';
import { gapStates } from './resource.ts';

const count = z.number().int().nonnegative();

/** What was looked at and what was not. "In sync" is never said of what was not checked. */
export const Ledger = z.object({
  checked: count,
  unsupported: count,
  unreadable: count,
  throttled: count,
  stale: count,
  /** The names behind the numbers, at most `maxGapsTold` of them. */
  gaps: z.array(z.object({ address: z.string(), state: z.enum(gapStates), reason: z.string() })),
});
export type Ledger = z.infer<typeof Ledger>;

/** Above this the ledger still counts, but names no further gaps. */
export const maxGapsTold = 1_000;

/** What the scrubber took out, by rule and place, never by value. */
export const Removal = z.object({ rule: z.string(), path: z.string() });
export type Removal = z.infer<typeof Removal>;

/** Why a stack could not be read at all. */
export const StackError = z.object({ code: z.string(), message: z.string(), next: z.string() });
export type StackError = z.infer<typeof StackError>;

export const stackKinds = ['terraform', 'cloudformation', 'kubernetes', 'pulumi'] as const;
export type StackKind = (typeof stackKinds)[number];

/** One scan of one stack, without its findings: the head of a report. */
export const ReportHead = z.object({
  /** Stable over runs and machines: a name from dd0c.yaml, the state's lineage, or the path below the scan's root. */
  id: z.string().min(1).max(512),
  kind: z.enum(stackKinds),
  /** Where it was read, for people: a path or a URL without credentials. */
  source: z.string(),
  /** What it was compared with, for people: `code`, `live`, `plan` or a path. */
  against: z.string(),
  /** RFC 3339. */
  scannedAt: z.string(),
  /** The state's own counters, to tell a laundered state later; null where there are none. */
  lineage: z.string().nullable(),
  serial: z.number().int().nullable(),
  ledger: Ledger,
  error: StackError.nullable(),
  removed: z.array(Removal),
});
export type ReportHead = z.infer<typeof ReportHead>;

/** One scan of one stack. */
export interface StackReport extends ReportHead {
  readonly findings: readonly Finding[];
}
