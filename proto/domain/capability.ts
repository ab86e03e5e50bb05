/** What one end of a link can do, said in Hello and Welcome; the other sends nothing that needs more. */
export const capabilities = {
  /** Step orders and cancels down the stream, and what steps say and how they end up it. */
  steps: 'steps',
  /** An order to finish and to end. */
  drain: 'drain',
  /** Roots of the authority are taken from the stream, and answered for. */
  trust: 'trust',
  /** The agent's owner has pinned approvers: without it nothing above read_only runs there. */
  approvals: 'steps-approved',
  /** Sandbox tiers that hold on the agent's host, found by trying. */
  tier1: 'sandbox-tier-1',
  tier2: 'sandbox-tier-2',
} as const;
