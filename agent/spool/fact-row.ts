import { z } from 'zod';
import { type Fact, type FactBody, maxChunkBytes } from '#proto/domain/fact.ts';
import { isUuid } from '#proto/domain/identity.ts';
import type { Scrubbed } from '#proto/domain/scrubbed.ts';

/** A fact as it lies on disk: its small part as JSON, its bytes beside it. */
export interface FactRow {
  readonly head: string;
  readonly data: Uint8Array | null;
  /** What it counts against the spool's bound. */
  readonly bytes: number;
}

/** Page and row overhead of a fact, rounded up. */
const rowOverheadBytes = 64;

export function writeFact(body: FactBody): FactRow {
  const { head, data } = divide(body);
  const text = JSON.stringify(head);
  return { head: text, data, bytes: rowOverheadBytes + text.length + (data?.length ?? 0) };
}

/** @throws where the row is not what `writeFact` wrote */
export function readFact(row: unknown): { fact: Scrubbed<Fact>; bytes: number } {
  const { seq, head, data, bytes } = Row.parse(row);
  const fact: Fact = { seq, body: unite(Head.parse(JSON.parse(head)), data) };
  return { fact: fact as Scrubbed<Fact>, bytes }; // only what was scrubbed is ever written
}

const Id = z.string().refine(isUuid);
const Count = z.number().int().nonnegative();

const Row = z.object({
  seq: Count.positive(),
  head: z.string(),
  data: z.instanceof(Uint8Array).refine((data) => data.length <= maxChunkBytes).nullable(),
  bytes: Count,
});

const Head = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('report-begin'), reportId: Id, chunks: Count, totalBytes: Count }),
  z.object({ kind: z.literal('report-chunk'), reportId: Id, index: Count }),
  z.object({ kind: z.literal('report-end'), reportId: Id }),
  z.object({ kind: z.literal('step-started'), orderId: Id, startedAtMs: Count }),
  z.object({ kind: z.literal('step-output'), orderId: Id, index: Count, stream: z.enum(['stdout', 'stderr']), atMs: Count }),
  z.object({ kind: z.literal('step-end'), orderId: Id }),
]);
type Head = z.infer<typeof Head>;

function divide(body: FactBody): { head: Head; data: Uint8Array | null } {
  switch (body.kind) {
    case 'report-begin':
      return { head: body, data: null };
    case 'report-chunk':
      return { head: { kind: body.kind, reportId: body.reportId, index: body.index }, data: body.data };
    case 'report-end':
      return { head: { kind: body.kind, reportId: body.reportId }, data: body.sha256 };
    case 'step-started':
      return { head: body, data: null };
    case 'step-output': {
      const { data, ...head } = body;
      return { head, data };
    }
    case 'step-end':
      return { head: { kind: body.kind, orderId: body.orderId }, data: body.result };
  }
}

function unite(head: Head, data: Uint8Array | null): FactBody {
  switch (head.kind) {
    case 'report-begin':
      return head;
    case 'report-chunk':
      return { ...head, data: data ?? new Uint8Array() };
    case 'report-end':
      return { ...head, sha256: data ?? new Uint8Array() };
    case 'step-started':
      return head;
    case 'step-output':
      return { ...head, data: data ?? new Uint8Array() };
    case 'step-end':
      return { ...head, result: data ?? new Uint8Array() };
  }
}
