import { arm64 } from '../syscalls/arm64.ts';
import { x64 } from '../syscalls/x64.ts';

/** An argument of a system call; bytes are passed by address and must be kept by the caller until it returns. */
export type Word = number | bigint | Uint8Array;

/** The kernel's answer: a value of at least 0, or the negated number of the error. */
export type Answer = number;

/** System calls by name, through the foreign-function interface that Node has built in. */
export interface Kernel {
  readonly call: (name: string, ...words: readonly Word[]) => Answer;
  readonly addressOf: (bytes: Uint8Array) => bigint;
}

/** Loads the interface once; only Linux has it, and other platforms have no sandbox. */
export function openKernel(): Kernel {
  const numbers = process.arch === 'arm64' ? arm64 : x64;
  const { dlopen, getInt32, getRawPointer } = quietly(() => process.getBuiltinModule('node:ffi'));
  const { functions } = dlopen(null, {
    syscall: { return: 'i64', arguments: ['i64', 'i64', 'i64', 'i64', 'i64', 'i64', 'i64'] },
    __errno_location: { return: 'pointer', arguments: [] },
  });
  const { syscall, __errno_location: errnoAt } = functions;
  const addressOf = (bytes: Uint8Array): bigint => BigInt.asIntN(64, getRawPointer(bytes));
  const toWord = (word: Word = 0): bigint => (typeof word === 'object' ? addressOf(word) : BigInt.asIntN(64, BigInt(word)));
  return { call, addressOf };

  function call(name: string, ...words: readonly Word[]): Answer {
    const number = numbers[name];
    if (number === undefined) return -38;
    const [a, b, c, d, e, f] = words;
    const answer = syscall(BigInt(number), toWord(a), toWord(b), toWord(c), toWord(d), toWord(e), toWord(f));
    return answer === -1n ? -getInt32(errnoAt()) : Number(answer);
  }
}

/** Node says once of what is young in it that it is; a step's standard error is no place for that. */
export function quietly<T>(load: () => T): T {
  const before = Object.getOwnPropertyDescriptor(process, 'emitWarning');
  process.emitWarning = () => {};
  try {
    return load();
  } finally {
    if (before === undefined) Reflect.deleteProperty(process, 'emitWarning');
    else Object.defineProperty(process, 'emitWarning', before);
  }
}
