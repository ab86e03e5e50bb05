import { architectures } from './architecture.ts';
import { assemble, encode } from './assemble.ts';
import { policyFor } from './policy.ts';
import type { Surroundings } from './verdict.ts';

/** The program for a step's surroundings, in base64. */
export type FilterFor = (around: Surroundings) => string;

/** Assembles each program once; there are few, and every step needs one. */
export function createFilters(arch: 'x64' | 'arm64'): FilterFor {
  const made = new Map<string, string>();
  return (around) => {
    const key = JSON.stringify(around);
    const known = made.get(key) ?? Buffer.from(encode(assemble(policyFor(around), architectures[arch]))).toString('base64');
    made.set(key, known);
    return known;
  };
}
