import { open } from 'node:fs/promises';

const headBytes = 64 * 1024;

/** The beginning of a file as text to look for keys in, or null where it cannot be read; nothing is parsed. */
export async function readHead(path: string): Promise<string | null> {
  const file = await open(path).catch(() => null);
  if (file === null) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return roughText(buffer.subarray(0, bytesRead));
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

/** Enough of a text to look for keys in, whatever its encoding. */
export function roughText(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll('\0', '').replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '');
}
