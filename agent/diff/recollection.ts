import { createHmac } from 'node:crypto';
import { type Cause } from '#proto/domain/finding.ts';
import { type Path, sortedText } from '#proto/domain/json.ts';
import type { Side } from '#proto/domain/resource.ts';

/** What the last report knew of one resource, as keyed hashes: it can tell "as it was" but no value. */
export interface Recollection {
  readonly code: string | null;
  readonly recorded: string | null;
  readonly live: string | null;
  /** Where the code disagreed, and why: places as `Hasher.place` names them. */
  readonly disagreed: Readonly<Record<string, Cause>>;
  /** True where live had left the recorded. */
  readonly drifted: boolean;
}

/** Names sides and places without telling them. */
export interface Hasher {
  side(side: Side | null | undefined): string | null;
  address(address: string): string;
  /** List indices are left out: they change when an element before them does. */
  place(steps: Path): string;
}

/** @param key 32 bytes that stay on the host, so that a short value cannot be guessed from its hash */
export function createHasher(key: Uint8Array): Hasher {
  return {
    side: (side) => (side === null || side === undefined ? null : digest('side', sortedText([side.values, side.unknown]))),
    address: (address) => digest('address', address).slice(0, 16),
    place: (steps) => digest('place', sortedText(steps.filter((step) => typeof step === 'string'))).slice(0, 16),
  };

  function digest(purpose: string, text: string): string {
    return createHmac('sha256', key).update(`dd0c.recollection/v1/${purpose}\n${text}`).digest('hex').slice(0, 32);
  }
}
