import { readFile, stat } from 'node:fs/promises';
import { Fault } from '#proto/domain/fault.ts';
import { decodeText } from './decode.ts';
import { parseJson } from './parse-json.ts';
import { recognise, type Document } from './recognise.ts';

/** A longer text does not fit into one string of the runtime. */
const maxBytes = 500 * 1024 * 1024;

/**
 * Reads a state, a plan or what `terraform show` printed.
 * @throws Fault that names what the file is instead
 */
export async function readDocument(path: string, source: string, signal: AbortSignal): Promise<Document> {
  return parseDocument(await readBytes(path, source, signal), source);
}

/** The same for bytes already at hand. */
export function parseDocument(bytes: Buffer, source: string): Document {
  if (bytes.length === 0) throw new Fault('source-empty', { source });
  return recognise(parseJson(decodeText(bytes, source), source), source);
}

async function readBytes(path: string, source: string, signal: AbortSignal): Promise<Buffer> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Fault('source-unreadable', { source, reason: 'it is not a file' });
    if (found.size > maxBytes) throw new Fault('source-too-large', { source, bytes: found.size, limit: maxBytes });
    return await readFile(path, { signal });
  } catch (error) {
    if (error instanceof Fault || signal.aborted) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw code === 'ENOENT' ? new Fault('source-missing', { source }) : new Fault('source-unreadable', { source, reason: code });
  }
}
