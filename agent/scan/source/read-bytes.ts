import { readFile, stat } from 'node:fs/promises';
import { Fault } from '#proto/domain/fault.ts';

/** A longer text does not fit into one string of the runtime. */
export const maxSourceBytes = 500 * 1024 * 1024;

/**
 * The bytes of a file.
 * @throws Fault `source-missing`, `source-unreadable`, `source-too-large`
 */
export async function readBytes(path: string, source: string, signal: AbortSignal): Promise<Buffer> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Fault('source-unreadable', { source, reason: 'it is not a file' });
    if (found.size > maxSourceBytes) throw new Fault('source-too-large', { source, bytes: found.size, limit: maxSourceBytes });
    return await readFile(path, { signal });
  } catch (error) {
    if (error instanceof Fault || signal.aborted) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw code === 'ENOENT' ? new Fault('source-missing', { source }) : new Fault('source-unreadable', { source, reason: code });
  }
}
