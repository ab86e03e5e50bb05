/** Rights of Landlock over files; the number of the bit. */
export const access = {
  execute: 1 << 0,
  writeFile: 1 << 1,
  readFile: 1 << 2,
  readDir: 1 << 3,
  removeDir: 1 << 4,
  removeFile: 1 << 5,
  makeChar: 1 << 6,
  makeDir: 1 << 7,
  makeReg: 1 << 8,
  makeSock: 1 << 9,
  makeFifo: 1 << 10,
  makeBlock: 1 << 11,
  makeSym: 1 << 12,
  refer: 1 << 13,
  truncate: 1 << 14,
  ioctlDev: 1 << 15,
} as const;

const read = access.readFile | access.readDir;
const change = access.removeDir | access.removeFile | access.makeDir | access.makeReg | access.makeSock | access.makeFifo | access.makeSym | access.refer;

/** What a step is given on a path. */
export const grants = {
  look: read,
  run: read | access.execute,
  own: read | access.execute | access.writeFile | access.truncate | change,
  device: access.readFile | access.writeFile | access.truncate,
} as const;

export type Grant = keyof typeof grants;

/** Every right that this version of Landlock knows: handled, so that each must be given. */
export function handledFs(abi: number): number {
  if (abi < 2) return 0x1fff;
  if (abi < 3) return 0x3fff;
  return abi < 5 ? 0x7fff : 0xffff;
}
