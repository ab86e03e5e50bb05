import { createHash } from 'node:crypto';
import { type AwsEvidence, callerIdentityRequest, challengeHeader, stsHost } from '#proto/domain/attestation.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { Attested, Attestor } from './attestor.ts';
import { type BoundedAnswer, boundedRequest } from './bounded-request.ts';
import { assumedRole, type CallerIdentity, isNamed, readCallerIdentity } from './caller-identity.ts';

export interface AwsAttestorOptions {
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Where STS is asked in the place of AWS, for an emulator; the name that was signed stays AWS's. */
  readonly endpoint?: URL | undefined;
}

/** AWS takes signatures for a quarter of an hour; a host whose clock is right needs seconds. */
const mostSkewMs = 5 * 60_000;
const withinMs = 5_000;
const maxBytes = 16 * 1024;
/** More at once wait outside: each holds a connection to AWS for some time. */
const mostAtOnce = 32;

const region = /^[a-z]{2}(-[a-z]{2,16}){1,2}-\d{1,2}$/;
const authorization = /^AWS4-HMAC-SHA256 Credential=\w{16,128}\/(\d{8})\/([a-z0-9-]{1,32})\/sts\/aws4_request, SignedHeaders=([a-z0-9;-]{1,256}), Signature=[0-9a-f]{64}$/;
const amzDate = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;
const securityToken = /^[A-Za-z0-9+/=_-]{0,4096}$/;

/**
 * Roles of AWS. The host signs a GetCallerIdentity request, and tells the signature, not the request: the server writes the
 * request itself, so that method, host, path, body and the other headers are no choice of anybody's, and asks STS. A
 * signature for something else, or for another server, policy or key, does not fit it.
 */
export function createAwsAttestor({ clock, endpoint }: AwsAttestorOptions): Attestor {
  let atOnce = 0;
  return { kind: 'aws', verify };

  async function verify({ evidence, rule, challenge }: Parameters<Attestor['verify']>[0]): Promise<Attested> {
    if (evidence.kind !== 'aws' || rule.kind !== 'aws') throw new Fault('attestation-refused', { reason: 'evidence of another kind than the policy' });
    checkForm(evidence, clock());
    const caller = await ask(evidence, challenge);
    const who = assumedRole(caller);
    if (who === null) throw new Fault('attestation-not-allowed', { identity: caller.arn, reason: 'roles alone join' });
    if (!rule.accounts.includes(who.account) || !isNamed(who.role, rule.roles)) throw new Fault('attestation-not-allowed', { account: who.account, role: who.role });
    if ((who.partition === 'aws-cn') !== evidence.region.startsWith('cn-')) throw new Fault('attestation-refused', { reason: 'the answer is of another partition' });
    return { subject: `${who.account}/${who.role}/${who.session}`, evidence: createHash('sha256').update(challenge).digest() };
  }

  async function ask(evidence: AwsEvidence, challenge: string): Promise<CallerIdentity> {
    if (atOnce >= mostAtOnce) throw new Fault('attestation-unchecked', { reason: 'many hosts join at once', retryAfterMs: 2_000 });
    atOnce += 1;
    try {
      const answer = await boundedRequest({ url: urlOf(evidence), method: callerIdentityRequest.method, headers: headersOf(evidence, challenge), body: callerIdentityRequest.body, withinMs, maxBytes });
      return judge(answer);
    } catch (cause) {
      throw cause instanceof Fault ? cause : new Fault('attestation-unchecked', { host: stsHost(evidence.region), reason: reasonOf(cause) }, { cause });
    } finally {
      atOnce -= 1;
    }
  }

  function urlOf(evidence: AwsEvidence): URL {
    return new URL(callerIdentityRequest.path, endpoint ?? `https://${stsHost(evidence.region)}`);
  }
}

/** Everything that a header will hold is of a narrow form: no line can be added to a request. */
function checkForm(evidence: AwsEvidence, nowMs: number): void {
  const [, day, place, signed] = authorization.exec(evidence.authorization) ?? [];
  if (!region.test(evidence.region) || place !== evidence.region) refuse('the region is none, or not the one that is signed for');
  if (!securityToken.test(evidence.securityToken)) refuse('the session token has not its form');
  const [, year, month, date, hour, minute, second] = amzDate.exec(evidence.amzDate) ?? [];
  if (year === undefined || day !== `${year}${month}${date}`) refuse('the date has not its form, or is not the one that is signed for');
  const headers = ['content-type', 'host', 'x-amz-date', ...(evidence.securityToken === '' ? [] : ['x-amz-security-token']), challengeHeader];
  if (signed !== headers.join(';')) refuse(`what must be signed is ${headers.join(';')}`);
  const at = Date.parse(`${year}-${month}-${date}T${hour}:${minute}:${second}Z`);
  if (!(Math.abs(at - nowMs) <= mostSkewMs)) throw new Fault('attestation-refused', { reason: 'the signature is too old, or a clock is wrong', signedAt: evidence.amzDate, serverTime: new Date(nowMs).toISOString() });
}

function headersOf({ region: place, authorization: signature, amzDate: date, securityToken: token }: AwsEvidence, challenge: string): Record<string, string> {
  return {
    host: stsHost(place),
    'content-type': callerIdentityRequest.contentType,
    'x-amz-date': date,
    ...(token === '' ? {} : { 'x-amz-security-token': token }),
    [challengeHeader]: challenge,
    authorization: signature,
  };
}

function judge({ status, contentType, body }: BoundedAnswer): CallerIdentity {
  if (status === 400 || status === 401 || status === 403) refuse(`AWS says ${/<Code>([A-Za-z]{1,64})<\/Code>/.exec(body)?.[1] ?? 'no'}`);
  if (status !== 200) throw new Fault('attestation-unchecked', { status });
  const caller = /^(text|application)\/xml\b/.test(contentType) ? readCallerIdentity(body) : null;
  if (caller === null) throw new Fault('attestation-unchecked', { reason: 'what answers is not STS' });
  return caller;
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  return 'code' in cause ? String(cause.code) : cause.name;
}

function refuse(reason: string): never {
  throw new Fault('attestation-refused', { reason });
}
