import type { Finding, Severity } from '#proto/domain/finding.ts';
import type { GapState, SideName } from '#proto/domain/resource.ts';

/** A rule that had something to say of a difference, and whether it was the one that counted. */
export interface Voice {
  /** `normalising` and `sibling` call it noise, `controller` names the platform's machinery, `ignore` is the user's own, `severity` ranks it. */
  readonly stage: 'normalising' | 'sibling' | 'controller' | 'ignore' | 'severity';
  readonly rule: string;
  readonly says: 'noise' | Severity;
  readonly reason: string | null;
  /** The control that a severity rule rests on. */
  readonly reference: string | null;
  readonly won: boolean;
  /** Why it did not count, or what it counts for. */
  readonly why: string;
}

/** One resource that somebody asked about, with everything that was said of it. Nothing in it is secret. */
export interface Explanation {
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  /** `noise` where it differs and nothing of that means anything. */
  readonly verdict: 'drift' | 'noise' | 'in_sync' | 'not_checked';
  /** The sides that were looked at, and whether it was there. */
  readonly sides: Readonly<Partial<Record<SideName, 'present' | 'absent'>>>;
  readonly gap: { readonly state: GapState; readonly reason: string } | null;
  /** As the report has it; null where it does not differ. */
  readonly finding: Finding | null;
  /** What was said of the resource as a whole. */
  readonly voices: readonly Voice[];
  /** What was said of each property of the finding, in its order. */
  readonly properties: readonly (readonly Voice[])[];
  /** What was left out of the comparison, at most `maxLeftOut` places. */
  readonly leftOut: readonly { readonly path: string; readonly why: 'ignore_changes' | 'unknown' }[];
}

export const maxLeftOut = 50;

/** Listens to a scan for the resources that somebody asked about. */
export interface Listener {
  concerns(address: string): boolean;
  tell(explanation: Explanation): void;
}
