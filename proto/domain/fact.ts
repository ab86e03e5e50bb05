/** What an agent must not lose: it leaves the spool only when the control plane has committed it. */
export type FactBody = ReportBegin | ReportChunk | ReportEnd;

export interface ReportBegin {
  readonly kind: 'report-begin';
  /** A UUID made when the report was spooled. */
  readonly reportId: string;
  readonly chunks: number;
  readonly totalBytes: number;
}

export interface ReportChunk {
  readonly kind: 'report-chunk';
  readonly reportId: string;
  /** From 0. */
  readonly index: number;
  /** At most `maxChunkBytes`. */
  readonly data: Uint8Array;
}

export interface ReportEnd {
  readonly kind: 'report-end';
  readonly reportId: string;
  /** SHA-256 over all chunks in order, 32 bytes. */
  readonly sha256: Uint8Array;
}

/** A fact in its place: `seq` counts from 1 within a spool, without gaps. */
export interface Fact {
  readonly seq: number;
  readonly body: FactBody;
}

/** 256 KiB: larger messages starve heartbeats on the same connection. */
export const maxChunkBytes = 256 * 1024;
