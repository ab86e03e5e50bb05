import { createHmac } from 'node:crypto';
import { isGuessable } from '#secrets/entropy.ts';

/** Stands for a removed value: equal values in one tenant give equal placeholders, and no length is told. */
export type Placeholder = (kind: string, value: string, scope: string) => string;

/** Finds placeholders in text, so that what was scrubbed is not scrubbed again. */
export const placeholderPattern = /«secret:[a-z0-9-]+:[0-9a-f]{16}»/g;

/**
 * HMAC-SHA256 with the customer's own key, cut to 64 bits. Values that could be guessed are separated by `scope` (the
 * resource they lie in), so that guessing one names no others.
 */
export function createPlaceholder(key: Uint8Array, tenant: string): Placeholder {
  return (kind, value, scope) => {
    const parts = isGuessable(value) ? ['scoped', tenant, scope, value] : ['shared', tenant, value];
    const digest = createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex').slice(0, 16);
    return `«secret:${kind}:${digest}»`;
  };
}
