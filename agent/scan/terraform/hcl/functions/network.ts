import { toNumber, toText } from '../convert.ts';
import { Mistake, Untold } from '../mistake.ts';
import { listOf } from '../typed.ts';
import type { Value } from '../value.ts';
import { many, type FunctionTable } from './rule.ts';

export const networkFunctions: FunctionTable = {
  cidrhost: { takes: [2, 2], run: ([prefix, host]) => cidrHost(parse(prefix), whole(host)) },
  cidrnetmask: { takes: [1, 1], run: ([prefix]) => netmask(parse(prefix)) },
  cidrsubnet: { takes: [3, 3], run: ([prefix, bits, number]) => write(subnet(parse(prefix), Number(whole(bits)), whole(number))) },
  cidrsubnets: { takes: [1, many], run: ([prefix, ...bits]) => listOf({ kind: 'string' }, subnets(parse(prefix), bits.map((bit) => Number(whole(bit))))) },
  cidrcontains: { takes: [2, 2], run: ([prefix, inner]) => contains(parse(prefix), toText(inner ?? null)) },
};

/** A range of addresses: the first of them, and how many bits it shares. */
interface Range {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly length: number;
}

function whole(value: Value | undefined): bigint {
  const number = toNumber(value ?? null);
  if (!Number.isSafeInteger(number)) throw new Mistake('a whole number is needed');
  return BigInt(number);
}

function parse(value: Value | undefined): Range {
  const [address = '', length, ...rest] = toText(value ?? null).split('/');
  const { bits, number } = parseAddress(address);
  const size = /^\d{1,3}$/.test(length ?? '') ? Number(length) : -1;
  if (size < 0 || size > bits || rest.length > 0) throw new Mistake('the text is not a CIDR range');
  return { bits, length: size, first: (number >> BigInt(bits - size)) << BigInt(bits - size) };
}

function parseAddress(text: string): { readonly bits: 32 | 128; readonly number: bigint } {
  const bytes = text.split('.');
  if (bytes.length === 4 && bytes.every((byte) => /^\d{1,3}$/.test(byte) && Number(byte) <= 255)) {
    return { bits: 32, number: bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) };
  }
  const [head = '', tail, ...rest] = text.split('::');
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const missing = 8 - left.length - right.length;
  if (rest.length > 0 || missing < 0 || (tail === undefined) !== (missing === 0)) throw new Mistake('the text is not an IP address');
  const all = [...left, ...Array.from({ length: missing }, () => 0n), ...right];
  return { bits: 128, number: all.reduce((sum, group) => (sum << 16n) | group, 0n) };
}

function groups(text: string): readonly bigint[] {
  if (text === '') return [];
  return text.split(':').map((group) => {
    if (!/^[0-9a-f]{1,4}$/i.test(group)) throw new Mistake('the text is not an IP address');
    return BigInt(`0x${group}`);
  });
}

function writeAddress(bits: 32 | 128, number: bigint): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((number >> shift) & 255n)).join('.');
  const all = Array.from({ length: 8 }, (_, index) => ((number >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  return compress(all);
}

/** RFC 5952: the longest run of zeros, the first of equals, becomes `::`. */
function compress(all: readonly string[]): string {
  let best = { at: -1, length: 1 };
  for (let at = 0; at < all.length; at += 1) {
    let length = 0;
    while (all[at + length] === '0') length += 1;
    if (length > best.length) best = { at, length };
  }
  if (best.at === -1) return all.join(':');
  return `${all.slice(0, best.at).join(':')}::${all.slice(best.at + best.length).join(':')}`;
}

function write({ bits, first, length }: Range): string {
  return `${writeAddress(bits, first)}/${length}`;
}

function subnet(range: Range, added: number, number: bigint): Range {
  const length = range.length + added;
  if (added < 0 || number < 0n) throw new Untold('what terraform makes of a negative number is not decided here');
  if (length > range.bits || number >= 1n << BigInt(added)) throw new Mistake('the range has no such subnet');
  return { bits: range.bits, length, first: range.first | (number << BigInt(range.bits - length)) };
}

function subnets(range: Range, added: readonly number[]): readonly Value[] {
  let next = range.first;
  const end = range.first + (1n << BigInt(range.bits - range.length));
  return added.map((bits) => {
    const length = range.length + bits;
    if (bits < 1 || bits > 32 || length > range.bits) throw new Mistake('the range has no such subnet');
    const size = 1n << BigInt(range.bits - length);
    const first = ((next + size - 1n) / size) * size;
    next = first + size;
    if (next > end) throw new Mistake('the range has no room for so many subnets');
    return write({ bits: range.bits, length, first });
  });
}

function cidrHost({ bits, first, length }: Range, host: bigint): string {
  const size = 1n << BigInt(bits - length);
  if (host >= size || -host > size) throw new Mistake('the range has no such host');
  return writeAddress(bits, first + (host < 0n ? size + host : host));
}

function netmask({ bits, length }: Range): string {
  if (bits !== 32) throw new Mistake('only IPv4 ranges have a netmask');
  return writeAddress(32, ((1n << BigInt(length)) - 1n) << BigInt(32 - length));
}

function contains(range: Range, inner: string): boolean {
  const other = inner.includes('/') ? parse(inner) : { ...parseAddress(inner), length: undefined };
  const first = 'first' in other ? other.first : other.number;
  const length = other.length ?? other.bits;
  const shift = BigInt(range.bits - range.length);
  return other.bits === range.bits && length >= range.length && first >> shift === range.first >> shift;
}
