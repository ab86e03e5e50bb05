/** AWS makes no more at once: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html */
const maxRanges = 256;

/** The first `count` ranges of `hostBits` host bits in a block of IPv4 or IPv6, or null where they do not fit. */
export function rangesIn(block: string, count: number, hostBits: number): readonly string[] | null {
  const [address = '', prefix] = block.split('/');
  const isV6 = address.includes(':');
  const width = isV6 ? 128 : 32;
  const start = isV6 ? readV6(address) : readV4(address);
  if (start === null || !/^\d+$/.test(prefix ?? '') || !Number.isInteger(count) || !Number.isInteger(hostBits)) return null;
  const spare = width - Number(prefix) - hostBits;
  if (count < 1 || count > maxRanges || hostBits < 1 || spare < 0 || (spare < 9 && count > 2 ** spare)) return null;
  const base = (start >> BigInt(width - Number(prefix))) << BigInt(width - Number(prefix));
  return Array.from({ length: count }, (_, index) => `${(isV6 ? writeV6 : writeV4)(base + (BigInt(index) << BigInt(hostBits)))}/${width - hostBits}`);
}

function readV4(text: string): bigint | null {
  const bytes = text.split('.');
  return bytes.length === 4 && bytes.every((byte) => /^\d{1,3}$/.test(byte) && Number(byte) < 256) ? bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n) : null;
}

function writeV4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
}

function readV6(text: string): bigint | null {
  const [head = '', tail, ...more] = text.split('::');
  const [before, after] = [head, tail ?? ''].map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - (before?.length ?? 0) - (after?.length ?? 0);
  const groups = [...(before ?? []), ...Array.from({ length: tail === undefined ? 0 : Math.max(missing, 0) }, () => '0'), ...(after ?? [])];
  return more.length === 0 && groups.length === 8 && groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) ? groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n) : null;
}

/** Written out; whoever compares folds zeros. */
function writeV6(value: bigint): string {
  return Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - index * 16)) & 0xffffn).toString(16)).join(':');
}
