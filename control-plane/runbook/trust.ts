import type { Risk } from '#proto/domain/risk.ts';

/**
 * What may happen without a person, set by operators for one version of a runbook, never by the runbook:
 * `manual` nothing, `approve` and `auto-read` what only reads, `auto` also what is to be done with caution. They differ
 * in who may begin: only under the two last may something other than a person start an execution.
 */
export const trustLevels = ['manual', 'approve', 'auto-read', 'auto'] as const;
export type Trust = (typeof trustLevels)[number];

/** A version that nobody has looked at yet. */
export const firstTrust: Trust = 'manual';

/** What a step needs before it may run. What is dangerous always needs a person, and what is forbidden never runs. */
export function needOf(trust: Trust, risk: Risk): 'nothing' | 'approval' | 'never' {
  if (risk === 'forbidden') return 'never';
  if (risk === 'dangerous' || trust === 'manual') return 'approval';
  if (risk === 'caution') return trust === 'auto' ? 'nothing' : 'approval';
  return 'nothing';
}
