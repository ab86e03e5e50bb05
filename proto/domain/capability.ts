/** What one end of a link can do, said in Hello and Welcome; the other sends nothing that needs more. */
export const capabilities = {
  /** Step orders and cancels down the stream, and what steps say and how they end up it. */
  steps: 'steps',
} as const;
