import { createPublicKey, type KeyObject } from 'node:crypto';
import { sha256 } from './canonical.ts';
import { Fault } from './fault.ts';

/** The public half of an approver's Ed25519 key. */
export interface ApproverKey {
  /** SHA-256 over the 32 bytes of the key, in hexadecimal. */
  readonly keyId: string;
  readonly key: KeyObject;
  /** `ed25519:` and the 32 bytes in base64. */
  readonly text: string;
}

/** SubjectPublicKeyInfo of an Ed25519 key, before its 32 bytes (RFC 8410). */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const sshPrefix = Buffer.concat([field('ssh-ed25519'), Buffer.from([0, 0, 0, 32])]);

/**
 * Reads a public key as `dd0c keys generate` prints it (`ed25519:BASE64`), as ssh does (`ssh-ed25519 AAAA… comment`), or
 * as PEM.
 * @throws Fault `approver-key-invalid`
 */
export function readApproverKey(text: string): ApproverKey {
  const raw = rawKey(text.trim());
  if (raw?.length !== 32) throw new Fault('approver-key-invalid');
  const key = createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: 'der', type: 'spki' });
  return { keyId: sha256(raw), key, text: `ed25519:${raw.toString('base64')}` };
}

function rawKey(text: string): Buffer | null {
  const [, own] = /^ed25519:([A-Za-z0-9+/]{43}=)$/.exec(text) ?? [];
  if (own !== undefined) return Buffer.from(own, 'base64');
  const [, ssh] = /^ssh-ed25519 ([A-Za-z0-9+/]{68})(?: [^\n]*)?$/.exec(text) ?? [];
  if (ssh !== undefined) return behind(sshPrefix, Buffer.from(ssh, 'base64'));
  return text.startsWith('-----BEGIN PUBLIC KEY-----') ? behind(spkiPrefix, derOf(text)) : null;
}

function derOf(pem: string): Buffer {
  return Buffer.from(pem.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64');
}

function behind(prefix: Buffer, bytes: Buffer): Buffer | null {
  return bytes.subarray(0, prefix.length).equals(prefix) ? bytes.subarray(prefix.length) : null;
}

function field(text: string): Buffer {
  return Buffer.concat([Buffer.from([0, 0, 0, text.length]), Buffer.from(text)]);
}
