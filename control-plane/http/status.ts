import type { FaultCode, FaultKind } from '#proto/domain/faults.ts';

/** What a fault is to an HTTP client: the one place where kinds become status codes. */
export const statusOfKind = {
  input: 400,
  unauthenticated: 401,
  denied: 403,
  missing: 404,
  conflict: 409,
  exhausted: 429,
  unavailable: 503,
  timeout: 504,
  broken: 500,
} as const satisfies Record<FaultKind, number>;

/** HTTP has words of its own for a few faults of the request. */
const statusOfCode: Partial<Record<FaultCode, number>> = {
  'method-not-allowed': 405,
  'request-too-large': 413,
  'media-type-unsupported': 415,
};

export function statusOf(fault: { readonly code: FaultCode; readonly kind: FaultKind }): number {
  return statusOfCode[fault.code] ?? statusOfKind[fault.kind];
}
