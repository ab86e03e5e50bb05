import { isJudged, type Policy, refused, type Rule, type Test, type Verdict } from './verdict.ts';

/** One instruction of classic BPF. */
export interface Instruction {
  readonly code: number;
  readonly yes: number;
  readonly no: number;
  readonly k: number;
}

/** What an architecture calls itself, and how its system calls are numbered. */
export interface Architecture {
  readonly audit: number;
  readonly numbers: Readonly<Record<string, number>>;
  /** A bit that marks a foreign ABI under the same name (x32), or null. */
  readonly foreignBit: number | null;
}

const load = 0x20;
const equal = 0x15;
const greater = 0x25;
const anyBit = 0x45;
const and = 0x54;
const jump = 0x05;
const give = 0x06;

/**
 * Assembles a policy: foreign ABIs kill the process, numbers that nobody knew when this was written are answered as
 * absent, and a known call that the policy does not name is refused. Every block ends in a verdict, so nothing falls on.
 */
export function assemble(policy: Policy, { audit, numbers, foreignBit }: Architecture): readonly Instruction[] {
  const named = Object.entries(numbers).map(([name, number]) => ({ number, rule: policy[name] ?? refused.perm }));
  const highest = Math.max(...named.map(({ number }) => number));
  const byNumber = new Map(named.map(({ number, rule }) => [number, rule]));
  const rules = Array.from({ length: highest + 1 }, (_, number): Rule => byNumber.get(number) ?? refused.absent);
  return [
    { code: load, yes: 0, no: 0, k: 4 },
    { code: equal, yes: 1, no: 0, k: audit },
    ret('kill'),
    { code: load, yes: 0, no: 0, k: 0 },
    ...(foreignBit === null ? [] : [{ code: anyBit, yes: 0, no: 1, k: foreignBit }, ret('kill')]),
    ...segments(rules).flatMap(({ last, rule }) => guarded(last, block(rule))),
    ret(refused.absent),
  ];
}

/** Neighbours with the same plain verdict are told in one breath. */
function segments(rules: readonly Rule[]): readonly { readonly last: number; readonly rule: Rule }[] {
  const found: { last: number; rule: Rule }[] = [];
  for (const [number, rule] of rules.entries()) {
    const before = found.at(-1);
    if (before !== undefined && !isJudged(rule) && !isJudged(before.rule) && returnOf(rule) === returnOf(before.rule)) before.last = number;
    else found.push({ last: number, rule });
  }
  return found;
}

/** The block, for numbers up to `last`; those below were dealt with before. */
function guarded(last: number, body: readonly Instruction[]): readonly Instruction[] {
  if (body.length <= 255) return [{ code: greater, yes: body.length, no: 0, k: last }, ...body];
  return [{ code: greater, yes: 0, no: 1, k: last }, { code: jump, yes: 0, no: 0, k: body.length }, ...body];
}

function block(rule: Rule): readonly Instruction[] {
  if (!isJudged(rule)) return [ret(rule)];
  return [...rule.cases.flatMap(({ when, verdict }) => inTurn(when, verdict)), ret(rule.otherwise)];
}

/** Each test that fails jumps behind the verdict of its case. */
function inTurn(tests: readonly Test[], verdict: Verdict): readonly Instruction[] {
  const end = [ret(verdict)];
  return tests.toReversed().reduce<readonly Instruction[]>((rest, test) => [...check(test, rest.length), ...rest], end);
}

function check(test: Test, skip: number): readonly Instruction[] {
  const low = { code: load, yes: 0, no: 0, k: 16 + 8 * test.arg };
  switch (test.is) {
    case 'equal':
      return [low, { code: equal, yes: 0, no: skip, k: test.value >>> 0 }];
    case 'any-of':
      return [low, { code: anyBit, yes: 0, no: skip, k: test.mask >>> 0 }];
    case 'masked':
      return [low, { code: and, yes: 0, no: 0, k: test.mask >>> 0 }, { code: equal, yes: 0, no: skip, k: test.value >>> 0 }];
    case 'null':
      return [low, { code: equal, yes: 0, no: skip + 2, k: 0 }, { ...low, k: low.k + 4 }, { code: equal, yes: 0, no: skip, k: 0 }];
  }
}

function ret(verdict: Verdict): Instruction {
  return { code: give, yes: 0, no: 0, k: returnOf(verdict) };
}

/** The verdict as a filter returns it. */
export function returnOf(verdict: Verdict): number {
  if (verdict === 'allow') return 0x7fff0000;
  if (verdict === 'kill') return 0x80000000;
  if (verdict === 'ask') return 0x7fc00000;
  return 0x00050000 | verdict.errno;
}

/** The program as the kernel takes it. */
export function encode(program: readonly Instruction[]): Uint8Array {
  const bytes = Buffer.alloc(program.length * 8);
  for (const [index, { code, yes, no, k }] of program.entries()) {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(yes, index * 8 + 2);
    bytes.writeUInt8(no, index * 8 + 3);
    bytes.writeUInt32LE(k >>> 0, index * 8 + 4);
  }
  return bytes;
}
