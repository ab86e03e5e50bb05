interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** A range without its host bits, in one spelling; null for what is none. A bare address is the range of itself. */
export function canonicalCidr(text: string): string | null {
  const [, host = '', prefix] = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const address = parseAddress(host);
  if (address === null) return null;
  const length = prefix === undefined ? address.bits : Number(prefix);
  if (length > address.bits) return null;
  const hostBits = BigInt(address.bits - length);
  return `${spell({ ...address, value: (address.value >> hostBits) << hostBits })}/${length}`;
}

/** An IPv6 address in lower case with its zeros folded (RFC 5952), or null for what is none. */
export function canonicalIpv6(text: string): string | null {
  const address = text.includes(':') ? parseAddress(text) : null;
  return address === null ? null : spell(address);
}

function parseAddress(text: string): Address | null {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

/** Four decimal bytes; leading zeros are refused, since some read them as octal. */
function parseIpv4(text: string): Address | null {
  const bytes = text.split('.');
  if (bytes.length !== 4 || bytes.some((byte) => !/^(?:0|[1-9]\d{0,2})$/.test(byte) || Number(byte) > 255)) return null;
  return { bits: 32, value: bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n) };
}

function parseIpv6(text: string): Address | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const groups = tail === undefined ? (head ?? []) : [...(head ?? []), ...zeros(8 - (head ?? []).length - tail.length), ...tail];
  if (groups.length !== 8 || groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return null;
  return { bits: 128, value: groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n) };
}

function zeros(count: number): readonly string[] {
  return Array.from({ length: Math.max(1, count) }, () => '0');
}

function spell({ bits, value }: Address): string {
  const width = bits === 32 ? 8n : 16n;
  const parts = Array.from({ length: Number(BigInt(bits) / width) }, (_, index) => (value >> (BigInt(bits) - width * BigInt(index + 1))) & ((1n << width) - 1n));
  if (bits === 32) return parts.join('.');
  const full = parts.map((part) => part.toString(16)).join(':');
  const runs = [...full.matchAll(/(?:^|(?<=:))0(?::0)+(?=:|$)/g)].toSorted((a, b) => b[0].length - a[0].length);
  const [longest] = runs;
  if (longest === undefined) return full;
  return `${full.slice(0, longest.index).replace(/:$/, '')}::${full.slice(longest.index + longest[0].length).replace(/^:/, '')}`;
}
