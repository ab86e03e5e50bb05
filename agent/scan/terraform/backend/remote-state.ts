/** A state that lies elsewhere. */
export interface RemoteState {
  /** For people, without a secret. */
  readonly source: string;
  /** Null where no state was written yet. */
  readonly read: (signal: AbortSignal) => Promise<Buffer | null>;
}
