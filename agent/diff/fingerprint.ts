import { createHash } from 'node:crypto';

/** 32 hex digits that name a finding on every run and machine: SHA-256 over stack and address as JSON, cut to 128 bits. */
export function fingerprintOf(stackId: string, address: string): string {
  return createHash('sha256').update(JSON.stringify(['dd0c.finding/v1', stackId, address])).digest('hex').slice(0, 32);
}
