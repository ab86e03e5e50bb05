import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** Whoever signs notes: the name stands before each signature and inside the key's id. */
export interface NoteSigner {
  readonly name: string;
  /** Ed25519. */
  readonly key: KeyObject;
}

/** A public key under its name. */
export interface NoteVerifier {
  readonly name: string;
  readonly key: KeyObject;
}

/** A text and the signatures under it. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly id: Buffer; readonly signature: Buffer }[];
}

/** Ed25519 among the signature types of the format. */
const ed25519 = Uint8Array.of(1);
const idBytes = 4;

/**
 * A signed note (https://c2sp.org/signed-note): the text, an empty line, and one line for the signature. Tools that know
 * the format, witnesses among them, read it as it is.
 */
export function writeNote(text: string, { name, key }: NoteSigner): string {
  const verifier = { name, key: createPublicKey(key) };
  const signature = Buffer.concat([keyId(verifier), sign(null, Buffer.from(text), key)]);
  return `${text}\n— ${name} ${signature.toString('base64')}\n`;
}

/** Takes a note apart; null where it is none. Nothing is verified. */
export function readNote(note: string): Note | null {
  const cut = note.lastIndexOf('\n\n');
  if (cut < 0 || !note.endsWith('\n')) return null;
  const signatures = note.slice(cut + 2, -1).split('\n').map(readSignature);
  const known = signatures.filter((signature) => signature !== null);
  return known.length === signatures.length ? { text: note.slice(0, cut + 1), signatures: known } : null;
}

/** Whether a note carries a valid signature of this key. */
export function isSignedBy({ text, signatures }: Note, verifier: NoteVerifier): boolean {
  const id = keyId(verifier);
  const own = signatures.filter((signature) => signature.name === verifier.name && signature.id.equals(id));
  return own.some(({ signature }) => verify(null, Buffer.from(text), verifier.key, signature));
}

/** A public key as text: name, key id and key, as other tools take it. */
export function writeVerifier(verifier: NoteVerifier): string {
  return `${verifier.name}+${keyId(verifier).toString('hex')}+${Buffer.concat([ed25519, rawKey(verifier.key)]).toString('base64')}`;
}

/** Reads a public key from its text; null where it is none, or its id is not that of the key. */
export function readVerifier(text: string): NoteVerifier | null {
  const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text.trim()) ?? [];
  if (name === undefined || encoded === undefined) return null;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length !== 33 || bytes[0] !== ed25519[0]) return null;
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') } });
  return keyId({ name, key }).toString('hex') === id ? { name, key } : null;
}

function readSignature(line: string): Note['signatures'][number] | null {
  const [, name, encoded] = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/.exec(line) ?? [];
  if (name === undefined || encoded === undefined) return null;
  const bytes = Buffer.from(encoded, 'base64');
  const isExact = bytes.toString('base64') === encoded; // one signature has one text
  return isExact && bytes.length > idBytes ? { name, id: bytes.subarray(0, idBytes), signature: bytes.subarray(idBytes) } : null;
}

/** The first bytes of SHA-256 over name, newline, signature type and key. */
function keyId({ name, key }: NoteVerifier): Buffer {
  return createHash('sha256').update(`${name}\n`).update(ed25519).update(rawKey(key)).digest().subarray(0, idBytes);
}

function rawKey(key: KeyObject): Buffer {
  const { x } = key.export({ format: 'jwk' });
  if (x === undefined) throw new TypeError('the key is not Ed25519');
  return Buffer.from(x, 'base64url');
}
