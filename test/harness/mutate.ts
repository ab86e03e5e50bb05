/** Makes one hostile variant of a file: cut, spliced, re-encoded, or changed inside by somebody who knows its format. */
export function mutate(content: Buffer, random: () => number): Buffer {
  const [change] = pick([structural, structural, structural, tokens, tokens, bytes, encoding], random);
  return change(content, random);
}

const oddities: readonly [unknown, ...unknown[]] = [
  null, '', [], {}, 0, -1, 1e308, true, 'x'.repeat(5_000), [[]], [null], [{}], { '': '' }, '\u0000', '${', '${a.b[*].c}', '%{ for x in y }', '\ud800', 'arn:aws:iam::1:role/x', '{"a":', '{"Statement":[]}', '2026-13-45T99:99:99Z',
  { toString: 1, constructor: {}, hasOwnProperty: null }, { '4dabf18193072939515e22adb298388d': 'x' }, { Ref: 'a', 'Fn::If': [] }, { 'Fn::Sub': '${a' }, { 'Fn::GetAtt': {} }, { items: [{ items: [] }] },
];

/** Changes a value somewhere inside JSON; what is no JSON is changed as text. */
function structural(content: Buffer, random: () => number): Buffer {
  const value = parsed(content.toString('utf8'));
  if (value === undefined) return tokens(content, random);
  const rounds = 1 + Math.floor(random() * 4);
  let root: unknown = value;
  for (let round = 0; round < rounds; round += 1) root = changed(root, random);
  return Buffer.from(withStrangeKeys(JSON.stringify(root), random));
}

/** Walks down a few steps at random and changes what is there. */
function changed(value: unknown, random: () => number): unknown {
  if (typeof value !== 'object' || value === null || random() < 0.15) return strange(value, random);
  if (Array.isArray(value)) {
    if (value.length === 0) return [strange(null, random)];
    const index = Math.floor(random() * value.length);
    const [kind] = pick(['change', 'drop', 'double', 'shuffle'] as const, random);
    if (kind === 'drop') return value.toSpliced(index, 1);
    if (kind === 'double') return value.toSpliced(index, 0, value[index]);
    if (kind === 'shuffle') return value.toReversed();
    return value.with(index, changed(value[index], random));
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return { [random() < 0.5 ? '__proto__' : 'id']: strange(null, random) };
  const index = Math.floor(random() * entries.length);
  const [name, inner] = entries[index] ?? ['', null];
  const [kind] = pick(['change', 'change', 'change', 'drop', 'rename', 'add'] as const, random);
  if (kind === 'drop') return Object.fromEntries(entries.toSpliced(index, 1));
  if (kind === 'rename') return Object.fromEntries(entries.with(index, [random() < 0.5 ? 'constructor' : `${name}x`, inner]));
  if (kind === 'add') return { ...value, [`${name}_more`]: strange(inner, random) };
  return Object.fromEntries(entries.with(index, [name, changed(inner, random)]));
}

function strange(value: unknown, random: () => number): unknown {
  const chance = random();
  if (chance < 0.1) return nested(value, 2 + Math.floor(random() * 700));
  if (chance < 0.15) return Array.from({ length: 3_000 }, (_, index) => index);
  if (chance < 0.25) return typeof value === 'string' ? Number(value) : JSON.stringify(value);
  return pick(oddities, random)[0];
}

function nested(value: unknown, depth: number): unknown {
  let around: unknown = value;
  for (let level = 0; level < depth; level += 1) around = level % 2 === 0 ? [around] : { a: around };
  return around;
}

/** Keys that no object literal can hold twice, or at all. */
function withStrangeKeys(text: string, random: () => number): string {
  const chance = random();
  if (chance < 0.08) return text.replace(/"(\w+)":/, '"__proto__":{"polluted":true},"$1":');
  if (chance < 0.16) return text.replace(/"(\w+)":/, '"$1":null,"$1":');
  if (chance < 0.2) return text.replace(/:(\d+)([,}])/, ':123456789012345678901234567890$2');
  return text;
}

const words = [
  '{', '}', '[', ']', '(', ')', '"', "'", '${', '%{', '}', '<<EOF\n', 'EOF\n', '\n', '\t', ' ', ':', '-', '- ', '? ', '&a ', '*a', '<<: *a\n', '---\n', '...\n', '!Ref ', '!Sub ', '!GetAtt a.b', '|\n', '>\n', '#', '//', '/*', ',', '=', '=>', 'for x in y : ',
  'null', 'true', '~', '.nan', '1e999', '0x', '\u0000', '\u{feff}', '\u2028', '__proto__', 'count = 1000000000\n', 'for_each = toset([])\n', 'dynamic "x" {', 'range(0, 1e9)', 'cidrsubnet("10.0.0.0/8", 99, 1)', 'lookup({}, "x")', 'regex("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaa!")', 'file("/etc/passwd")', 'templatefile("x", {})', 'jsondecode("{")',
] as const;

/** Puts, takes and swaps pieces of text. */
function tokens(content: Buffer, random: () => number): Buffer {
  let text = content.toString('latin1');
  const rounds = 1 + Math.floor(random() * 6);
  for (let round = 0; round < rounds; round += 1) {
    const at = Math.floor(random() * (text.length + 1));
    const [kind] = pick(['put', 'put', 'take', 'double', 'swap'] as const, random);
    const length = Math.floor(random() * 60);
    if (kind === 'put') text = text.slice(0, at) + Buffer.from(pick(words, random)[0]).toString('latin1') + text.slice(at);
    else if (kind === 'take') text = text.slice(0, at) + text.slice(at + length);
    else if (kind === 'double') text = text.slice(0, at + length) + text.slice(at);
    else text = text.slice(0, at) + text.slice(at + length, at + 2 * length) + text.slice(at, at + length) + text.slice(at + 2 * length);
  }
  return Buffer.from(text, 'latin1');
}

function bytes(content: Buffer, random: () => number): Buffer {
  if (random() < 0.3) return content.subarray(0, Math.floor(random() * content.length));
  const changedBytes = Buffer.from(content);
  for (let round = 0; round < 1 + Math.floor(random() * 8) && changedBytes.length > 0; round += 1) changedBytes[Math.floor(random() * changedBytes.length)] = Math.floor(random() * 256);
  return changedBytes;
}

function encoding(content: Buffer, random: () => number): Buffer {
  const text = content.toString('utf8');
  const [kind] = pick(['bom', 'utf16', 'swapped', 'twice', 'empty', 'blank'] as const, random);
  if (kind === 'bom') return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), content]);
  if (kind === 'utf16') return Buffer.from(`\u{feff}${text}`, 'utf16le');
  if (kind === 'swapped') return Buffer.from(`\u{feff}${text.slice(0, 20_000)}`, 'utf16le').swap16();
  if (kind === 'twice') return Buffer.concat([content, content]);
  return Buffer.from(kind === 'empty' ? '' : ' \n\0');
}

/** One of them, in a list of its own as one of them may be undefined. */
function pick<T>(choices: readonly [T, ...T[]], random: () => number): readonly [T] {
  const [first] = choices;
  return [choices[Math.floor(random() * choices.length)] ?? first];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
