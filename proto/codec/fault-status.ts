import { Metadata, type ServiceError, status, type StatusObject } from '@grpc/grpc-js';
import { Fault } from '#proto/domain/fault.ts';
import { type FaultCode, type FaultKind, faults } from '#proto/domain/faults.ts';

/** Names the fault exactly; a gRPC status alone is one for many. */
const trailer = 'dd0c-fault';
/** After how many milliseconds the peer may come again, where the fault says so: its fact `retryAfterMs`. */
const retryTrailer = 'dd0c-retry-after-ms';

const statusOfKind = {
  input: status.INVALID_ARGUMENT,
  unauthenticated: status.UNAUTHENTICATED,
  denied: status.PERMISSION_DENIED,
  missing: status.NOT_FOUND,
  conflict: status.ABORTED,
  exhausted: status.RESOURCE_EXHAUSTED,
  unavailable: status.UNAVAILABLE,
  timeout: status.DEADLINE_EXCEEDED,
  broken: status.INTERNAL,
} as const satisfies Record<FaultKind, status>;

/** A fault as a gRPC status. Its cause stays here, for logs. */
export function faultToStatus(fault: Fault): StatusObject {
  const metadata = new Metadata();
  metadata.set(trailer, fault.code);
  const { retryAfterMs } = fault.facts;
  if (typeof retryAfterMs === 'number') metadata.set(retryTrailer, String(Math.ceil(retryAfterMs)));
  return { code: statusOfKind[fault.kind], details: fault.message, metadata };
}

/** The fault that a peer named, or null where the status came from elsewhere: the library, a proxy, the network. */
export function faultFromStatus(error: Pick<ServiceError, 'metadata' | 'details'>): Fault | null {
  const [code] = error.metadata?.get(trailer) ?? [];
  if (typeof code !== 'string') return null;
  const [wait] = error.metadata?.get(retryTrailer) ?? [];
  const retryAfterMs = typeof wait === 'string' && /^\d{1,8}$/.test(wait) ? Number(wait) : undefined;
  return new Fault(isFaultCode(code) ? code : 'broken', { peer: error.details, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }, { cause: error });
}

function isFaultCode(code: string): code is FaultCode {
  return Object.hasOwn(faults, code);
}
