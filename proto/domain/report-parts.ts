import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type FactBody, maxChunkBytes, type ReportBegin, type ReportEnd } from './fact.ts';
import { Fault } from './fault.ts';
import { Finding } from './finding.ts';
import { ReportHead, type StackReport } from './report.ts';
import type { Scrubbed } from './scrubbed.ts';

/** A report larger than this is refused by the receiver: 256 MiB. */
export const maxReportBytes = 256 * 1024 * 1024;

/**
 * Cuts a report into the facts that carry it. The content is JSON lines in UTF-8: the head, then one finding a line,
 * cut at any byte.
 */
export function splitReport(report: Scrubbed<StackReport>, reportId: string): readonly Scrubbed<FactBody>[] {
  const { findings, ...head } = report;
  const content = Buffer.from(`${[head, ...findings].map((line) => JSON.stringify(line)).join('\n')}\n`, 'utf8');
  const chunks = Math.ceil(content.length / maxChunkBytes);
  const begin: FactBody = { kind: 'report-begin', reportId, chunks, totalBytes: content.length };
  const pieces = Array.from({ length: chunks }, (_, index): FactBody => ({
    kind: 'report-chunk',
    reportId,
    index,
    data: content.subarray(index * maxChunkBytes, (index + 1) * maxChunkBytes),
  }));
  const end: FactBody = { kind: 'report-end', reportId, sha256: createHash('sha256').update(content).digest() };
  return [begin, ...pieces, end].map((body) => body as Scrubbed<FactBody>); // parts of what was scrubbed stay scrubbed
}

/**
 * Puts a report together again.
 * @throws Fault `report-corrupt` where size, number or hash disagree, `report-invalid` where the content has no meaning.
 */
export function joinReport(begin: ReportBegin, chunks: readonly Uint8Array[], end: ReportEnd): StackReport {
  const content = Buffer.concat(chunks);
  const hash = createHash('sha256').update(content).digest();
  if (chunks.length !== begin.chunks || content.length !== begin.totalBytes) {
    throw new Fault('report-corrupt', { reportId: begin.reportId, chunks: chunks.length, bytes: content.length });
  }
  if (end.sha256.length !== hash.length || !timingSafeEqual(hash, end.sha256)) {
    throw new Fault('report-corrupt', { reportId: begin.reportId });
  }
  return parseReport(begin.reportId, content);
}

const Findings = z.array(Finding);

function parseReport(reportId: string, content: Buffer): StackReport {
  try {
    const [head, ...findings] = content.toString('utf8').trimEnd().split('\n').map((line): unknown => JSON.parse(line));
    return { ...ReportHead.parse(head), findings: Findings.parse(findings) };
  } catch (error) {
    throw new Fault('report-invalid', { reportId }, { cause: error });
  }
}
