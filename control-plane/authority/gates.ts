import type { AuthorityDocument } from '#ca/document.ts';
import type { RotationStep } from '#ca/rotation.ts';
import { fingerprintOf, fingerprintOfTrust } from '#ca/x509/fingerprint.ts';
import { fromPem } from '#ca/x509/pem.ts';
import type { AgentStanding } from './readiness.ts';

/** What an agent must have before a step, for the step not to leave it behind. */
export interface Gate {
  readonly lacks: 'trust' | 'certificate';
  isReady(standing: AgentStanding): boolean;
}

/**
 * The gate of a step, or null where the step leaves nobody behind: to issue under the successor, agents must trust both
 * roots; to retire the old one, they must have a certificate under the successor; to take the successor back after it has
 * issued, one under the old root.
 */
export function gateOf(step: RotationStep, { current, successor, rotation }: AuthorityDocument): Gate | null {
  if (successor === null) return null;
  const both = fingerprintOfTrust([current.root, successor.root].flatMap(fromPem));
  const succeeds = fingerprintOf(successor.root);
  if (step === 'issue') return { lacks: 'trust', isReady: ({ trust }) => trust === both };
  if (step === 'retire') return { lacks: 'certificate', isReady: ({ root }) => root === succeeds };
  const takesBack = step === 'roll-back' && rotation.phase === 'trusting' && rotation.hasIssued;
  return takesBack ? { lacks: 'certificate', isReady: ({ root }) => root !== succeeds } : null;
}
