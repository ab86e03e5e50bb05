/** What an agent must not lose: it leaves the spool only when the control plane has committed it. */
export type FactBody = ReportBegin | ReportChunk | ReportEnd | StepFact;

/** What an agent tells of a step, in this order: that it began, what it wrote, how it ended. */
export type StepFact = StepStarted | StepOutput | StepEnd;

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

/** A step's process has been started. */
export interface StepStarted {
  readonly kind: 'step-started';
  readonly orderId: string;
  readonly startedAtMs: number;
}

/** A piece of what a step wrote, scrubbed. */
export interface StepOutput {
  readonly kind: 'step-output';
  readonly orderId: string;
  /** From 0, over both streams. */
  readonly index: number;
  readonly stream: 'stdout' | 'stderr';
  /** Milliseconds since the step began. */
  readonly atMs: number;
  /** UTF-8, at most `maxChunkBytes`. */
  readonly data: Uint8Array;
}

/** The last word on an order; every piece of output came before it. */
export interface StepEnd {
  readonly kind: 'step-end';
  readonly orderId: string;
  /** The bytes of a `StepResult`, at most `maxChunkBytes`. */
  readonly result: Uint8Array;
}

/** A fact in its place: `seq` counts from 1 within a spool, without gaps. */
export interface Fact {
  readonly seq: number;
  readonly body: FactBody;
}

/** 256 KiB: larger messages starve heartbeats on the same connection. */
export const maxChunkBytes = 256 * 1024;
