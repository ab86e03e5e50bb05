import type { RecoveryPolicy } from '#proto/domain/recovery.ts';

/** As it stands in the database: `never`, `ask`, `within SECONDS`. What is none of these lets nobody in. */
export function parsePolicy(text: string): RecoveryPolicy {
  if (text === 'ask') return { kind: 'ask' };
  const [, seconds] = /^within (\d{1,9})$/.exec(text) ?? [];
  return seconds === undefined ? { kind: 'never' } : { kind: 'within', seconds: Number(seconds) };
}

export function writePolicy(policy: RecoveryPolicy): string {
  return policy.kind === 'within' ? `within ${policy.seconds}` : policy.kind;
}
