const serialBytes = 16;

/**
 * A serial number as hexadecimal: 126 random bits. The first byte lies between 0x40 and 0x7f, so that the number is
 * positive and always 16 bytes long (RFC 5280, section 4.1.2.2, allows 20; the CA/Browser Forum asks for 64 random bits).
 */
export function newSerial(randomBytes: (count: number) => Uint8Array): string {
  const bytes = Buffer.from(randomBytes(serialBytes));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}
