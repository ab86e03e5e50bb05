import { isUtf8 } from 'node:buffer';
import { Fault } from '#proto/domain/fault.ts';

/**
 * The text of a file in UTF-8 or UTF-16, with or without a byte order mark.
 * @throws Fault `plan-binary` for terraform's own plan file, `source-not-text` for anything else that is not text
 */
export function decodeText(bytes: Buffer, source: string): string {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) throw new Fault('plan-binary', { source }); // a plan file is a zip
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return utf8(bytes.subarray(3), source);
  if (startsWith(bytes, 0xff, 0xfe)) return utf16(bytes.subarray(2), 'utf-16le', source);
  if (startsWith(bytes, 0xfe, 0xff)) return utf16(bytes.subarray(2), 'utf-16be', source);
  if (bytes[0] !== 0 && bytes[0] !== undefined && bytes[1] === 0) return utf16(bytes, 'utf-16le', source);
  if (bytes[0] === 0 && bytes[1] !== 0 && bytes[1] !== undefined) return utf16(bytes, 'utf-16be', source);
  return utf8(bytes, source);
}

function startsWith(bytes: Buffer, ...head: readonly number[]): boolean {
  return head.every((byte, index) => bytes[index] === byte);
}

function utf8(bytes: Buffer, source: string): string {
  if (!isUtf8(bytes)) throw new Fault('source-not-text', { source });
  return bytes.toString('utf8');
}

function utf16(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be', source: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Fault('source-not-text', { source });
  }
}
