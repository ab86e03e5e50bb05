import { type Facts, Fault } from '#proto/domain/fault.ts';
import type { FaultCode } from '#proto/domain/faults.ts';

/** One request, for people: `cloudformation:DetectStackDrift` is also the permission that it takes. */
export interface Asked {
  readonly action: string;
  readonly source: string;
}

/**
 * What an error of the SDK means to the reader. AWS's own messages are left out but for two kinds that hold no values:
 * others quote the request, signed headers and all.
 */
export function awsFault(error: unknown, { action, source }: Asked): Fault {
  if (error instanceof Fault) return error;
  const { code, message, status } = partsOf(error);
  const facts = { source, action };
  const told = (fault: FaultCode, more: Facts = {}): Fault => new Fault(fault, { ...facts, ...more }, { cause: error });
  if (code === 'CredentialsProviderError') return told('aws-credentials-missing', { reason: credentialReason(message) });
  if (expired.has(code)) return told('aws-credentials-expired');
  if (denied.has(code) || (status === 403 && !invalid.has(code))) return told('aws-denied', { action: deniedAction(message) ?? action });
  if (invalid.has(code)) return told('aws-credentials-invalid', { answer: code });
  if (isThrottling(error)) return told('aws-throttled', { answer: code });
  if (/region/i.test(message) && /missing|not accepted|invalid region|not a valid/i.test(message)) return told('aws-region-unknown');
  if (code === 'ENOTFOUND' && hostOf(error)?.endsWith('.amazonaws.com') === true) return told('aws-region-unknown', { host: hostOf(error) }); // AWS has a name for every region
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return told('aws-unreachable', { reason: code, host: hostOf(error) });
  if (isNetwork(error)) return told('aws-unreachable', { reason: code });
  return told('aws-failed', { answer: code, status, reason: code === 'ValidationError' ? shorten(message) : undefined });
}

/** Whether AWS asked to be left alone for a while. */
export function isThrottling(error: unknown): boolean {
  const { code, status } = partsOf(error);
  return /^(?:Throttl|RequestLimitExceeded|TooManyRequests|SlowDown|RequestThrottled|BandwidthLimitExceeded|LimitExceededException$)/.test(code) || status === 429;
}

/** Whether the same request may well succeed a moment later. */
export function isPassing(error: unknown): boolean {
  const { status } = partsOf(error);
  return (status !== undefined && status >= 500) || (isNetwork(error) && partsOf(error).code !== 'ENOTFOUND');
}

/** AWS's name for the error, as the service sent it. */
export function awsCode(error: unknown): string {
  return partsOf(error).code;
}

const expired = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired']);
const denied = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'Forbidden', 'AllAccessDisabled']);
const invalid = new Set(['InvalidClientTokenId', 'UnrecognizedClientException', 'SignatureDoesNotMatch', 'InvalidSignatureException', 'AuthFailure', 'InvalidAccessKeyId', 'IncompleteSignature', 'MissingAuthenticationToken', 'InvalidToken', 'RequestTimeTooSkewed']);
const network = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'TimeoutError', 'ERR_SSL_WRONG_VERSION_NUMBER', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID']);

function isNetwork(error: unknown): boolean {
  return network.has(partsOf(error).code);
}

interface Parts {
  readonly code: string;
  readonly message: string;
  readonly status: number | undefined;
}

function partsOf(error: unknown): Parts {
  if (!(error instanceof Error)) return { code: 'unknown', message: '', status: undefined };
  const own = field(error, 'code');
  const first = error instanceof AggregateError ? error.errors[0] : undefined; // one for each address that was tried
  const code = typeof own === 'string' && network.has(own) ? own : first instanceof Error && typeof field(first, 'code') === 'string' ? String(field(first, 'code')) : error.name;
  const metadata = field(error, '$metadata');
  const status = typeof metadata === 'object' && metadata !== null ? field(metadata, 'httpStatusCode') : undefined;
  return { code, message: error.message, status: typeof status === 'number' ? status : undefined };
}

function field(of: object, name: string): unknown {
  return Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined;
}

function hostOf(error: unknown): string | undefined {
  const host = error instanceof Error ? field(error, 'hostname') : undefined;
  return typeof host === 'string' ? host : undefined;
}

/** `User: … is not authorized to perform: sts:AssumeRole on resource: …` */
function deniedAction(message: string): string | undefined {
  return /not authorized to perform: ([\w-]+:[\w*]+)/.exec(message)?.[1];
}

/** What the chain of providers says; what a program of `credential_process` printed is its own business. */
function credentialReason(message: string): string {
  return message.startsWith('Command failed') ? 'the program of credential_process failed' : shorten(message);
}

function shorten(message: string): string {
  const line = message.replaceAll(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
