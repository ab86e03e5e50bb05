import { z } from 'zod';
import type { Attestation } from '#proto/domain/attestation.ts';

const bytes = (most: number) => z.instanceof(Uint8Array).refine(({ length }) => length <= most, 'too long');

const Wire = z.object({
  policyId: z.string().max(64),
  nonce: bytes(128),
  proof: bytes(128),
  aws: z.object({ region: z.string().max(32), authorization: z.string().max(1_024), amzDate: z.string().max(32), securityToken: z.string().max(4_096) }).nullish(),
  kubernetes: z.object({ token: z.string().max(16 * 1024) }).nullish(),
});

/** An attestation as it comes over the wire. What is none of the known kinds has no evidence, and is refused here. */
export const WireAttestation = Wire.transform(({ policyId: policy, nonce, proof, aws, kubernetes }, context): Attestation => {
  if (aws) return { policy, nonce, proof, evidence: { kind: 'aws', ...aws } };
  if (kubernetes) return { policy, nonce, proof, evidence: { kind: 'kubernetes', ...kubernetes } };
  context.addIssue({ code: 'custom', message: 'no evidence of a known kind' });
  return z.NEVER;
});
