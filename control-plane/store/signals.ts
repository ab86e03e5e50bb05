/**
 * Words from one replica to the others, told when something was committed so that they look sooner than they would by
 * themselves. A word may be lost or come twice: it is never the only way by which a thing becomes known.
 */
export interface Signals {
  /** Tells the other replicas soon; the same word that still waits is told once. */
  tell(word: string): void;
  close(): Promise<void>;
}

/** The embedded database belongs to one process: there is nobody to tell. */
export const noSignals: Signals = { tell() {}, close: async () => {} };
