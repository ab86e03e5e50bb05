import { createHash } from 'node:crypto';
import { createLocalJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import type { Attested, Attestor } from './attestor.ts';
import type { KeySets } from './key-sets.ts';
import type { KeySet, KubernetesRule } from './rules.ts';

export interface KubernetesAttestorOptions {
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly keySets: KeySets;
}

/** What clusters sign with. Nothing symmetric, and never `none`: a public key must not be good for making a token. */
const algorithms = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'];
const clockToleranceSeconds = 30;
/** A projected token lives for an hour unless its pod asks for more; one that lives longer is a password. */
const longestSeconds = 24 * 3_600;

/** What a projected token says beside the usual claims. */
const Claims = z.object({
  sub: z.string(),
  aud: z.union([z.string(), z.array(z.string()).length(1)]),
  iat: z.number(),
  exp: z.number(),
  'kubernetes.io': z.object({
    namespace: z.string(),
    serviceaccount: z.object({ name: z.string(), uid: z.string().max(128) }),
    pod: z.object({ name: z.string().max(253), uid: z.string().max(128) }).optional(),
  }),
});

/** Service accounts of Kubernetes: a token that the cluster signed for this policy's audience alone, and for a short time. */
export function createKubernetesAttestor({ clock, keySets }: KubernetesAttestorOptions): Attestor {
  return { kind: 'kubernetes', verify };

  async function verify({ evidence, rule }: Parameters<Attestor['verify']>[0]): Promise<Attested> {
    if (evidence.kind !== 'kubernetes' || rule.kind !== 'kubernetes') throw new Fault('attestation-refused', { reason: 'evidence of another kind than the policy' });
    const { token } = evidence;
    const { sub, iat, exp, 'kubernetes.io': who } = readClaims(await payloadOf(token, rule));
    const account = `${who.namespace}/${who.serviceaccount.name}`;
    if (sub !== `system:serviceaccount:${who.namespace}:${who.serviceaccount.name}`) refuse('the token names two service accounts');
    if (exp - iat > longestSeconds) refuse('the token lives for longer than a day; use a projected one');
    if (!rule.serviceAccounts.includes(account)) throw new Fault('attestation-not-allowed', { serviceAccount: account });
    const subject = who.pod === undefined ? `${account}/${who.serviceaccount.uid}` : `${account}/pod/${who.pod.uid}`;
    return { subject, evidence: createHash('sha256').update(token.slice(0, token.lastIndexOf('.'))).digest() }; // not the signature: some can be written in two ways
  }

  async function payloadOf(token: string, rule: KubernetesRule): Promise<JWTPayload> {
    const { keys } = rule;
    if ('keys' in keys) return await open(token, keys, rule).catch(told);
    const known = await keySets.get(keys, 'known');
    return await open(token, known, rule).catch(async (error: unknown) => {
      if (!(error instanceof errors.JWKSNoMatchingKey)) return told(error);
      const fresh = await keySets.get(keys, 'fresh'); // the cluster may have begun to sign with another
      return await open(token, fresh, rule).catch(told);
    });
  }

  async function open(token: string, keys: KeySet, { issuer, audience }: KubernetesRule): Promise<JWTPayload> {
    const verified = await jwtVerify(token, createLocalJWKSet({ keys: keys.keys.map(withoutGaps) }), {
      issuer, audience, algorithms, clockTolerance: clockToleranceSeconds, currentDate: new Date(clock()), requiredClaims: ['exp', 'iat', 'nbf', 'sub'],
    });
    return verified.payload;
  }
}

/** Keys as the library reads them: what is not there is not `undefined`. */
function withoutGaps(key: KeySet['keys'][number]): { kty: 'RSA' | 'EC' } & Record<string, string> {
  const parts = Object.entries(key).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return { ...Object.fromEntries(parts), kty: key.kty };
}

function readClaims(payload: JWTPayload): z.infer<typeof Claims> {
  const claims = Claims.safeParse(payload);
  if (!claims.success) refuse('it is not a token of a service account for this audience alone');
  return claims.data;
}

/** Why the library refused, without a part of the token. */
function told(error: unknown): never {
  if (error instanceof errors.JWTExpired) refuse('the token has expired');
  if (error instanceof errors.JWTClaimValidationFailed) refuse(`its ${error.claim} does not fit`);
  if (error instanceof errors.JOSEAlgNotAllowed) refuse('it is signed in a way that is not taken');
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) refuse('no key of the cluster fits');
  if (error instanceof errors.JWSSignatureVerificationFailed) refuse('its signature does not hold');
  if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof SyntaxError || error instanceof DOMException) refuse('it is not a token');
  throw error;
}

function refuse(reason: string): never {
  throw new Fault('attestation-refused', { reason });
}
