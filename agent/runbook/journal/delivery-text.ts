import { z } from 'zod';
import { sha256 } from '#proto/domain/canonical.ts';
import type { StepOrderDelivery } from '#proto/domain/order.ts';

const Bytes = z.base64().transform((text): Uint8Array => Buffer.from(text, 'base64'));
const Delivery = z.object({ envelope: Bytes, approvals: z.array(z.object({ statement: Bytes, signature: Bytes })) });

/** An order as it lies in the journal: as it came, so that it can be judged again. */
export function writeDelivery({ envelope, approvals }: StepOrderDelivery): string {
  return JSON.stringify({ envelope: base64(envelope), approvals: approvals.map(({ statement, signature }) => ({ statement: base64(statement), signature: base64(signature) })) });
}

export function readDelivery(id: string, text: string): StepOrderDelivery {
  return { kind: 'step', id, ...Delivery.parse(JSON.parse(text)) };
}

export function hashDelivery(delivery: StepOrderDelivery): string {
  return sha256(Buffer.from(writeDelivery(delivery)));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
