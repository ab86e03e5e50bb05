import { z } from 'zod';
import { isObject, type Json, type JsonObject } from '#proto/domain/json.ts';

/** What an API server came to say. */
export type ApiAnswer =
  | { readonly kind: 'object'; readonly object: JsonObject }
  | {
      readonly kind: 'refused';
      /** HTTP. */
      readonly code: number;
      /** In the API's words, without values. */
      readonly reason: string;
      readonly retryAfterMs: number | null;
    }
  | { readonly kind: 'unanswered'; readonly reason: string };

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
const Status = z.object({
  kind: z.literal('Status'),
  message: z.string().optional(),
  reason: z.string().optional(),
  details: z.object({ causes: z.array(z.object({ field: z.string().optional(), reason: z.string().optional() })).optional(), retryAfterSeconds: z.number().optional() }).optional(),
});

const maxReasonLength = 400;

/** Reads a response: an object for 2xx, else the Status that tells why not. */
export function answerOf(code: number, retryAfter: string | undefined, text: string): ApiAnswer {
  const body = parsed(text);
  if (code >= 200 && code < 300) return isObject(body) ? { kind: 'object', object: body } : { kind: 'unanswered', reason: 'the answer is not an object of the API' };
  const status = Status.safeParse(body);
  const seconds = Number(retryAfter ?? (status.success ? status.data.details?.retryAfterSeconds : undefined));
  return { kind: 'refused', code, reason: status.success ? reasonOf(status.data) : `HTTP ${code}`, retryAfterMs: Number.isFinite(seconds) ? seconds * 1_000 : null };
}

/** The message of an invalid object quotes its values, so of that only the fields are told. */
function reasonOf({ message, reason, details }: z.infer<typeof Status>): string {
  const fields = details?.causes?.map((cause) => [cause.field, cause.reason].filter(Boolean).join(': ')).join(', ');
  const told = reason === 'Invalid' ? `Invalid: ${fields ?? 'it does not say which field'}` : (message ?? reason ?? 'no reason given');
  return told.slice(0, maxReasonLength);
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
