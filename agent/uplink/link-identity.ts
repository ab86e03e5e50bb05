/** What the link needs to know of this agent; read anew for each connection, so that a renewed certificate is used. */
export interface LinkIdentity {
  /** host:port of the stream listener. */
  readonly address: string;
  /** PEM. */
  readonly key: string;
  /** PEM: the leaf, then its intermediate. */
  readonly certificateChain: string;
  /** PEM: the roots. */
  readonly trustBundle: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}
