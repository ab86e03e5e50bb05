import { z } from 'zod';
import type { Fault } from '#proto/domain/fault.ts';
import { faults } from '#proto/domain/faults.ts';
import { statusOf } from './status.ts';

/** The content type of every error, https://www.rfc-editor.org/rfc/rfc9457. */
export const problemType = 'application/problem+json; charset=utf-8';

/** What every error looks like: RFC 9457, with the fault's code and what the reader can do about it. */
export const Problem = z
  .object({
    type: z.string().describe('`urn:dd0c:fault:` and the code'),
    title: z.string().describe('What happened, the same words for the same code'),
    status: z.number().int(),
    detail: z.string().describe('What is known about this occurrence'),
    code: z.string().describe('For programs: stable'),
    next: z.string().describe('What the reader can do about it'),
    instance: z.string().describe('`urn:uuid:` and the id of the request, under which the log of the server tells more'),
    errors: z.array(z.object({ at: z.string(), reason: z.string() })).optional().describe('The fields that are not valid'),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

/** A field of a request that is not valid. */
export interface FieldError {
  readonly at: string;
  readonly reason: string;
}

/** Tells a fault to an HTTP client; `requestId` is a UUID. */
export function toProblem(fault: Fault, requestId: string, errors: readonly FieldError[] = []): Problem {
  const { message, next } = faults[fault.code];
  const facts = Object.entries(fault.facts).filter(([, value]) => value !== undefined);
  const told = [...errors.map(({ at, reason }) => `${at}: ${reason}`), ...facts.map(([key, value]) => `${key}: ${String(value)}`)];
  return {
    type: `urn:dd0c:fault:${fault.code}`,
    title: message,
    status: statusOf(fault),
    detail: told.length === 0 ? message : `${message} ${told.join('; ')}`,
    code: fault.code,
    next,
    instance: `urn:uuid:${requestId}`,
    ...(errors.length > 0 && { errors: [...errors] }),
  };
}
