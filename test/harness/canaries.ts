import { randomBytes } from 'node:crypto';

/** Secrets that are planted, to be searched for afterwards wherever anything was said. */
export interface Canaries {
  /** Holds what every encoding treats in its own way: quotes, brackets, a blank, a plus, a backslash. */
  readonly awkward: string;
  /** Nothing in it would be escaped, and nothing but its mark says that it is secret. */
  readonly plain: string;
  /** Several lines, as a key has. */
  readonly lines: readonly string[];
  /** The first two in every encoding, to be planted where nothing marks them. */
  readonly everyEncoding: Readonly<Record<string, string>>;
  /** What of them is in a text, in whatever encoding. */
  findIn(text: string): readonly string[];
  /** How many forms of them are searched for. */
  readonly forms: number;
}

/** By name, a dozen encodings of a secret as it may stand in the middle of other text. */
export const encodings: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
  'in JSON in JSON': (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  'in a URL': (secret) => encodeURIComponent(secret),
  'in a form': (secret) => new URLSearchParams({ s: secret }).toString().slice(2),
  'in XML': (secret) => secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
  'quoted for a shell': (secret) => secret.replaceAll("'", String.raw`'\''`),
  'in base64': (secret) => base64(secret, 0, 'base64'),
  'in base64, one byte in': (secret) => base64(secret, 1, 'base64'),
  'in base64, two bytes in': (secret) => base64(secret, 2, 'base64'),
  'in base64url': (secret) => base64(secret, 0, 'base64url'),
  'in hex': (secret) => Buffer.from(secret).toString('hex'),
  'in capital hex': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
};

/** Other ones with every call. */
export function makeCanaries(): Canaries {
  const awkward = `Zq"${randomBytes(9).toString('base64url')}'<&>+ %\\${randomBytes(9).toString('base64url')}`;
  const plain = randomBytes(18).toString('hex');
  const lines = Array.from({ length: 4 }, () => randomBytes(24).toString('base64'));
  const named = Object.entries({ 'the awkward one': awkward, 'the plain one': plain, ...Object.fromEntries(lines.map((line, index) => [`line ${index + 1} of the key`, line])) });
  const needles = named.flatMap(([what, secret]) => Object.entries(encodings).map(([how, encode]) => ({ how: `${what} ${how}`, needle: encode(secret) })));
  return {
    awkward,
    plain,
    lines,
    everyEncoding: Object.fromEntries(Object.entries(encodings).map(([how, encode]) => [how, `before ${encode(awkward)} after ${encode(plain)}`])),
    findIn: (text) => needles.filter(({ needle }) => text.includes(needle)).map(({ how }) => how),
    forms: needles.length,
  };
}

/** Those characters that the secret alone determines, wherever it stands in what was encoded. */
function base64(secret: string, before: number, alphabet: 'base64' | 'base64url'): string {
  const bytes = Buffer.from('x'.repeat(before) + secret);
  return bytes.toString(alphabet).slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
}
