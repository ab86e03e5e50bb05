/** What the first bytes of a connection say: the name that TLS asks for, that there is none, or that more is needed. */
export type Greeting = { readonly kind: 'more' } | { readonly kind: 'plain' } | { readonly kind: 'tls'; readonly name: string | null };

const most = 16 * 1024;

/** Reads the server name out of a TLS ClientHello, wherever records cut it. What is not TLS is told as plain. */
export function greetingOf(bytes: Buffer): Greeting {
  if (bytes.length > 0 && bytes[0] !== 0x16) return { kind: 'plain' };
  const hello = handshake(bytes);
  if (hello === null) return bytes.length > most ? { kind: 'plain' } : { kind: 'more' };
  return { kind: 'tls', name: serverName(hello) };
}

/** The ClientHello without its records, or null while it is not whole. */
function handshake(bytes: Buffer): Buffer | null {
  const pieces: Buffer[] = [];
  for (let at = 0; at + 5 <= bytes.length && bytes[at] === 0x16; ) {
    const length = bytes.readUInt16BE(at + 3);
    pieces.push(bytes.subarray(at + 5, at + 5 + length));
    at += 5 + length;
  }
  const whole = Buffer.concat(pieces);
  if (whole.length < 4) return null;
  const length = whole.readUIntBE(1, 3);
  return whole.length < 4 + length ? null : whole.subarray(4, 4 + length);
}

function serverName(hello: Buffer): string | null {
  try {
    let at = 34; // version, random
    at += 1 + hello.readUInt8(at); // session
    at += 2 + hello.readUInt16BE(at); // ciphers
    at += 1 + hello.readUInt8(at); // compression
    const end = at + 2 + hello.readUInt16BE(at);
    for (at += 2; at + 4 <= end; at += 4 + hello.readUInt16BE(at + 2)) {
      if (hello.readUInt16BE(at) !== 0) continue;
      const length = hello.readUInt16BE(at + 7); // after type, length, list length, name type
      return hello.toString('latin1', at + 9, at + 9 + length).toLowerCase();
    }
  } catch {
    // no such field: a hello without extensions
  }
  return null;
}
