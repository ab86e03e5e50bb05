import type { Instruction } from '#sandbox/seccomp/assemble.ts';

/** A system call as a filter sees it. */
export interface Call {
  readonly number: number;
  readonly audit: number;
  readonly args: readonly bigint[];
}

/** Runs a filter as the kernel would. Whatever the kernel would refuse to load throws. */
export function evaluate(program: readonly Instruction[], { number, audit, args }: Call): number {
  const data = Buffer.alloc(64);
  data.writeInt32LE(number | 0, 0);
  data.writeUInt32LE(audit, 4);
  for (const [index, arg] of args.entries()) data.writeBigUInt64LE(BigInt.asUintN(64, arg), 16 + index * 8);
  let accumulator = 0;
  for (let at = 0; ; ) {
    const instruction = program[at];
    if (instruction === undefined) throw new Error(`it runs off its end at ${at}`);
    const { code, yes, no, k } = instruction;
    if (yes > 255 || no > 255 || yes < 0 || no < 0) throw new Error(`a jump too far at ${at}`);
    at += 1;
    switch (code) {
      case 0x20:
        if (k % 4 !== 0 || k > 60) throw new Error(`a load outside at ${at - 1}`);
        accumulator = data.readUInt32LE(k);
        break;
      case 0x54:
        accumulator = (accumulator & k) >>> 0;
        break;
      case 0x15:
        at += accumulator === k >>> 0 ? yes : no;
        break;
      case 0x25:
        at += accumulator > k >>> 0 ? yes : no;
        break;
      case 0x45:
        at += (accumulator & k) !== 0 ? yes : no;
        break;
      case 0x05:
        at += k;
        break;
      case 0x06:
        return k >>> 0;
      default:
        throw new Error(`an instruction that nobody knows at ${at - 1}`);
    }
  }
}
