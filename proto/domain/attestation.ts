import { createHash } from 'node:crypto';
import type { CaPin } from './join-token.ts';
import { lengthPrefixed } from './length-prefixed.ts';

/** The ways to join without a token. */
export const joinKinds = ['aws', 'kubernetes'] as const;
export type JoinKind = (typeof joinKinds)[number];

/** What somebody else says of a host. */
export type Evidence = AwsEvidence | KubernetesEvidence;

/** What signs a GetCallerIdentity request; the request itself is for the server to write. */
export interface AwsEvidence {
  readonly kind: 'aws';
  /** As in us-east-1. */
  readonly region: string;
  /** The headers of these names. */
  readonly authorization: string;
  readonly amzDate: string;
  /** Empty for credentials without one. */
  readonly securityToken: string;
}

/** A projected service-account token: a secret, for as long as it lives. */
export interface KubernetesEvidence {
  readonly kind: 'kubernetes';
  readonly token: string;
}

/** In the place of a join token. */
export interface Attestation {
  /** Of the join policy. */
  readonly policy: string;
  readonly nonce: Uint8Array;
  /** ECDSA (SHA-256, DER) by the key of the certificate request over `proofOf`. */
  readonly proof: Uint8Array;
  readonly evidence: Evidence;
}

/** What an attestation is good for: one server, one policy, one key, two minutes. */
export interface Binding {
  readonly pin: CaPin;
  readonly policy: string;
  readonly nonce: Uint8Array;
  /** SHA-256 of the SubjectPublicKeyInfo in DER. */
  readonly keyHash: Uint8Array;
}

/** The header with which an AWS request is signed for one purpose. */
export const challengeHeader = 'x-dd0c-challenge';

/** The binding as 64 hexadecimal digits: what the header says. */
export function challengeOf({ pin, policy, nonce, keyHash }: Binding): string {
  return createHash('sha256').update(lengthPrefixed('dd0c.join/v1', pin, policy, nonce, keyHash)).digest('hex');
}

/** What the key of the request signs: the binding together with the evidence, so that neither comes with another. */
export function proofOf(binding: Binding, evidence: Evidence): Uint8Array {
  const parts = evidence.kind === 'aws' ? [evidence.region, evidence.authorization, evidence.amzDate, evidence.securityToken] : [evidence.token];
  return lengthPrefixed('dd0c.join-proof/v1', challengeOf(binding), evidence.kind, ...parts);
}

/** Where a signed request goes; partitions other than China's share one domain. */
export function stsHost(region: string): string {
  return `sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

/** The one request that is signed. */
export const callerIdentityRequest = {
  method: 'POST',
  path: '/',
  contentType: 'application/x-www-form-urlencoded; charset=utf-8',
  body: 'Action=GetCallerIdentity&Version=2011-06-15',
} as const;
