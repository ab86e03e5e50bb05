import { createHash } from 'node:crypto';
import type { Fact, FactBody } from '#proto/domain/fact.ts';
import type { Scrubbed } from '#proto/domain/scrubbed.ts';

/** Whatever it is, taken as if the scrubber had passed it. */
export function scrubbed<T>(value: T): Scrubbed<T> {
  return value as Scrubbed<T>;
}

/** A UUID that says its number. */
export function uuidOf(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** A chunk whose content follows from its number, `bytes` long. */
export function chunk(number: number, bytes = 8): Scrubbed<FactBody> {
  const data = Buffer.alloc(bytes, createHash('sha256').update(String(number)).digest());
  return scrubbed<FactBody>({ kind: 'report-chunk', reportId: uuidOf(number), index: number, data });
}

/** Facts without their wrapping, with plain bytes, to compare what was written with what came back. */
export function plain(facts: readonly Fact[]): unknown {
  return facts.map(({ seq, body }) => ({
    seq,
    ...body,
    ...('data' in body ? { data: Buffer.from(body.data).toString('hex') } : {}),
    ...('result' in body ? { result: Buffer.from(body.result).toString('hex') } : {}),
    ...('sha256' in body ? { sha256: Buffer.from(body.sha256).toString('hex') } : {}),
  }));
}
