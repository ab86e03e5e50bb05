import { isUuid } from './identity.ts';

/** What a join token carries. The secret is one: never logged, never stored by the server. */
export interface JoinToken {
  readonly id: string;
  /** 256 random bits in base64url. */
  readonly secret: string;
  readonly pin: CaPin;
}

/** `sha256:` and 64 hexadecimal digits: SHA-256 over the SubjectPublicKeyInfo (DER) of the root certificate. */
export type CaPin = `sha256:${string}`;

/** The pin in its one spelling, or null where the text is none. Upper case and colons between bytes, as openssl prints them, are taken. */
export function parseCaPin(text: string): CaPin | null {
  const digits = text.trim().toLowerCase().replace(/^sha256:/, '').replaceAll(':', '');
  return /^[0-9a-f]{64}$/.test(digits) ? `sha256:${digits}` : null;
}

/** `dd0c-join-v1.<id>.<secret>.<pin>`: only letters, digits, `-`, `_` and `.`. */
export function writeJoinToken({ id, secret, pin }: JoinToken): string {
  return `dd0c-join-v1.${id}.${secret}.${pin.slice('sha256:'.length)}`;
}

/** What the text carries, or null where it is no join token. */
export function parseJoinToken(text: string): JoinToken | null {
  const parts = /^dd0c-join-v1\.([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})\.([0-9a-f]{64})$/.exec(text);
  const [, id, secret, digits] = parts ?? [];
  if (id === undefined || secret === undefined || digits === undefined || !isUuid(id)) return null;
  return { id, secret, pin: `sha256:${digits}` };
}
