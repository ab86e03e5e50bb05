import { createDecipheriv, createHmac } from 'node:crypto';
import type { Overheard } from './tap.ts';

/**
 * What a recorded connection said under TLS 1.3 (RFC 8446), by the secrets that one side wrote down (`node --tls-keylog`).
 * A connection whose secrets are not there, and one that changed its keys, are errors: nothing may pass unread.
 */
export function readTls({ fromClient, fromServer }: Overheard, keyLog: string): Overheard {
  const random = fromClient.subarray(11, 43).toString('hex');
  const secretOf = (label: string): Buffer => {
    const [, hex] = new RegExp(`^${label} ${random} ([0-9a-f]+)$`, 'm').exec(keyLog) ?? [];
    if (hex === undefined) throw new Error(`no ${label} was written down for a connection of ${fromClient.length} bytes`);
    return Buffer.from(hex, 'hex');
  };
  const suite = suites[fromServer.readUInt16BE(44 + (fromServer[43] ?? 0))];
  if (suite === undefined) throw new Error('a cipher suite that this reader does not know');
  return {
    fromClient: opened(fromClient, suite, [secretOf('CLIENT_HANDSHAKE_TRAFFIC_SECRET'), secretOf('CLIENT_TRAFFIC_SECRET_0')]),
    fromServer: opened(fromServer, suite, [secretOf('SERVER_HANDSHAKE_TRAFFIC_SECRET'), secretOf('SERVER_TRAFFIC_SECRET_0')]),
  };
}

interface Suite {
  readonly cipher: 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305';
  readonly hash: 'sha256' | 'sha384';
  readonly keyBytes: number;
}

const suites: Readonly<Record<number, Suite>> = {
  0x1301: { cipher: 'aes-128-gcm', hash: 'sha256', keyBytes: 16 },
  0x1302: { cipher: 'aes-256-gcm', hash: 'sha384', keyBytes: 32 },
  0x1303: { cipher: 'chacha20-poly1305', hash: 'sha256', keyBytes: 32 },
};

const handshake = 22;
const applicationData = 23;
const finished = 20;
const keyUpdate = 24;

function opened(bytes: Buffer, suite: Suite, [first, second]: readonly [Buffer, Buffer]): Buffer {
  let open = opener(suite, first);
  let isEstablished = false;
  const said: Buffer[] = [];
  for (let at = 0; at + 5 <= bytes.length; ) {
    const end = at + 5 + bytes.readUInt16BE(at + 3);
    if (bytes[at] === applicationData && end <= bytes.length) {
      const { kind, content } = open(bytes.subarray(at, at + 5), bytes.subarray(at + 5, end));
      if (kind === applicationData) said.push(content);
      if (kind === handshake && isEstablished && content[0] === keyUpdate) throw new Error('the keys were changed');
      if (kind === handshake && !isEstablished && holds(content, finished)) {
        isEstablished = true;
        open = opener(suite, second);
      }
    }
    at = end;
  }
  return Buffer.concat(said);
}

/** Whether a message of this kind is in a record of the handshake. */
function holds(content: Buffer, kind: number): boolean {
  for (let at = 0; at + 4 <= content.length; at += 4 + content.readUIntBE(at + 1, 3)) if (content[at] === kind) return true;
  return false;
}

function opener({ cipher, hash, keyBytes }: Suite, secret: Buffer): (head: Buffer, sealed: Buffer) => { readonly kind: number; readonly content: Buffer } {
  const key = expand(hash, secret, 'key', keyBytes);
  const iv = expand(hash, secret, 'iv', 12);
  let count = 0;
  return (head, sealed) => {
    const nonce = Buffer.from(iv);
    for (let rest = count, at = 11; rest > 0; rest = Math.floor(rest / 256), at -= 1) nonce[at] = (nonce[at] ?? 0) ^ (rest % 256);
    count += 1;
    const decipher = createDecipheriv(cipher as 'aes-256-gcm', key, nonce, { authTagLength: 16 }); // the types know the three apart, the call does not
    decipher.setAAD(head, { plaintextLength: sealed.length - 16 });
    decipher.setAuthTag(sealed.subarray(-16));
    const inner = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    const last = inner.findLastIndex((byte) => byte !== 0); // behind it is padding
    return { kind: inner[last] ?? 0, content: inner.subarray(0, last) };
  };
}

function expand(hash: string, secret: Buffer, name: string, length: number): Buffer {
  const label = `tls13 ${name}`;
  const info = Buffer.concat([Buffer.from([0, length, label.length]), Buffer.from(label), Buffer.from([0])]);
  return hkdfExpand(hash, secret, info, length);
}

/** HKDF's second half alone (RFC 5869): Node has only both at once. One block is enough for every length here. */
function hkdfExpand(hash: string, secret: Buffer, info: Buffer, length: number): Buffer {
  return createHmac(hash, secret).update(info).update(Buffer.from([1])).digest().subarray(0, length);
}
