import { z } from 'zod';
import { type Fact, type FactBody, maxChunkBytes } from '#proto/domain/fact.ts';
import { Fault } from '#proto/domain/fault.ts';
import { isUuid } from '#proto/domain/identity.ts';
import type { Fact as WireFact, Fact__Output as WireFactOutput } from '../gen/dd0c/agent/v1/Fact.ts';

export function encodeFact({ seq, body }: Fact): WireFact {
  switch (body.kind) {
    case 'report-begin':
      return { seq, reportBegin: { reportId: body.reportId, chunks: body.chunks, totalBytes: body.totalBytes } };
    case 'report-chunk':
      return { seq, reportChunk: { reportId: body.reportId, index: body.index, data: body.data } };
    case 'report-end':
      return { seq, reportEnd: { reportId: body.reportId, sha256: body.sha256 } };
    case 'step-started':
      return { seq, stepStarted: { orderId: body.orderId, startedAtUnixMs: body.startedAtMs } };
    case 'step-output':
      return { seq, stepOutput: { orderId: body.orderId, index: body.index, isError: body.stream === 'stderr', atMs: body.atMs, data: body.data } };
    case 'step-end':
      return { seq, stepEnd: { orderId: body.orderId, result: body.result } };
  }
}

/** What a fact says, or why it says nothing; it keeps its place all the same. */
export function decodeBody(wire: WireFactOutput): FactBody | Fault {
  const { reportBegin, reportChunk, reportEnd, stepStarted, stepOutput, stepEnd } = wire;
  if (reportBegin ?? reportChunk ?? reportEnd) return decodeReport(wire);
  if (stepStarted ?? stepOutput ?? stepEnd) return decodeStep(wire);
  return new Fault('report-invalid', { reason: 'a kind of fact that is not known here' });
}

const Count = z.number().int().nonnegative();

function decodeReport({ reportBegin: begin, reportChunk: chunk, reportEnd: end }: WireFactOutput): FactBody | Fault {
  const reportId = (begin ?? chunk ?? end)?.reportId ?? '';
  if (!isUuid(reportId)) return new Fault('report-invalid', { reason: 'the report has no id' });
  if (begin) {
    if (!Count.safeParse(begin.totalBytes).success) return new Fault('report-invalid', { reportId, reason: 'its size is not a number' });
    return { kind: 'report-begin', reportId, chunks: begin.chunks, totalBytes: begin.totalBytes };
  }
  if (chunk) {
    if (chunk.data.length > maxChunkBytes) return new Fault('report-invalid', { reportId, chunkBytes: chunk.data.length, maxChunkBytes });
    return { kind: 'report-chunk', reportId, index: chunk.index, data: chunk.data };
  }
  return { kind: 'report-end', reportId, sha256: end?.sha256 ?? Buffer.alloc(0) };
}

function decodeStep({ stepStarted: started, stepOutput: output, stepEnd: end }: WireFactOutput): FactBody | Fault {
  const orderId = (started ?? output ?? end)?.orderId ?? '';
  if (!isUuid(orderId)) return new Fault('step-result-invalid', { reason: 'the order has no id' });
  const bytes = (output?.data ?? end?.result)?.length ?? 0;
  if (bytes > maxChunkBytes) return new Fault('step-result-invalid', { orderId, bytes, maxChunkBytes });
  const atMs = started?.startedAtUnixMs ?? output?.atMs ?? 0;
  if (!Count.safeParse(atMs).success) return new Fault('step-result-invalid', { orderId, reason: 'its time is not a number' });
  if (started) return { kind: 'step-started', orderId, startedAtMs: atMs };
  if (output) return { kind: 'step-output', orderId, index: output.index, stream: output.isError ? 'stderr' : 'stdout', atMs, data: output.data };
  return { kind: 'step-end', orderId, result: end?.result ?? Buffer.alloc(0) };
}
