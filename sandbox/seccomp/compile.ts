import { architectures } from './architecture.ts';
import { assemble, encode } from './assemble.ts';
import { policyFor } from './policy.ts';
import type { Surroundings } from './verdict.ts';

/** The program for this machine in base64. */
export function compileFilter(around: Surroundings, arch: 'x64' | 'arm64'): string {
  return Buffer.from(encode(assemble(policyFor(around), architectures[arch]))).toString('base64');
}
