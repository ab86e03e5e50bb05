import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { asFault, Fault } from '#proto/domain/fault.ts';
import type { FaultCode } from '#proto/domain/faults.ts';
import type { FieldError } from './problem.ts';

/** A fault and, where the request was at fault, the fields. */
export interface RequestFault {
  readonly fault: Fault;
  readonly errors: readonly FieldError[];
}

/** What Fastify says of a request that it refuses, in our words. */
const codes: Readonly<Record<string, FaultCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type-unsupported',
  FST_ERR_CTP_INVALID_JSON_BODY: 'body-not-json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'body-not-json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'body-not-json',
};

const partNames: Readonly<Record<string, string>> = { querystring: 'query', params: 'path' };

/** Turns whatever a route or Fastify threw into a fault; what nobody foresaw is `broken`. */
export function toRequestFault(error: unknown): RequestFault {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const part = (error as { readonly validationContext?: string }).validationContext ?? 'request';
    const errors = error.validation.map(({ instancePath, message }) => ({
      at: `${partNames[part] ?? part}${instancePath.replaceAll('/', '.')}`,
      reason: message ?? 'not valid',
    }));
    return { fault: new Fault('request-invalid', {}, { cause: error }), errors };
  }
  return { fault: asFault(fastifyFault(error) ?? error), errors: [] };
}

function fastifyFault(error: unknown): Fault | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const code = codes[String(error.code)];
  if (code !== undefined) return new Fault(code, {}, { cause: error });
  const status = 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500 ? new Fault('request-invalid', {}, { cause: error }) : null;
}
