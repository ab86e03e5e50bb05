import { arm64 } from '../syscalls/arm64.ts';
import { x64 } from '../syscalls/x64.ts';
import type { Architecture } from './assemble.ts';

/** The two that are supported, by the name that Node has for them. */
export const architectures: Readonly<Record<'x64' | 'arm64', Architecture>> = {
  x64: { audit: 0xc000003e, numbers: x64, foreignBit: 0x40000000 },
  arm64: { audit: 0xc00000b7, numbers: arm64, foreignBit: null },
};
