/** What the key of a leaf may be used for. */
export type Purpose = 'clientAuth' | 'serverAuth';

/** What a kind of certificate is allowed to be. */
export interface Profile {
  readonly lifetimeMs: number;
  /** How many authorities may stand below, or null for a leaf. */
  readonly pathLength: number | null;
  readonly purposes: readonly Purpose[];
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const yearMs = 365 * dayMs;

/** So that a peer whose clock runs behind takes a new certificate at once. */
export const backdateMs = 5 * 60_000;

/**
 * The kinds. The purposes of an intermediate bind what it signs (OpenSSL and others check them along the chain), so
 * that the intermediate for servers can make no agent, nor the other a server.
 */
export const profiles = {
  root: { lifetimeMs: 10 * yearMs, pathLength: 1, purposes: [] },
  agents: { lifetimeMs: 5 * yearMs, pathLength: 0, purposes: ['clientAuth'] },
  servers: { lifetimeMs: 5 * yearMs, pathLength: 0, purposes: ['serverAuth'] },
  agent: { lifetimeMs: 24 * hourMs, pathLength: null, purposes: ['clientAuth'] },
  /** Renewed while the server runs, at half of its life. */
  server: { lifetimeMs: 7 * dayMs, pathLength: null, purposes: ['serverAuth'] },
} as const satisfies Record<string, Profile>;
