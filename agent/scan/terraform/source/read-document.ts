import { Fault } from '#proto/domain/fault.ts';
import { decodeText } from '../../source/decode.ts';
import { parseJson } from '../../source/parse-json.ts';
import { readBytes } from '../../source/read-bytes.ts';
import { recognise, type Document } from './recognise.ts';

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
  if (bytes.subarray(0, 7).equals(firstStates)) throw new Fault('state-version-unsupported', { source, version: 'binary, of before terraform 0.3' });
  return recognise(parseJson(decodeText(bytes, source), source), source);
}

/** How the states of the first versions begin. */
const firstStates = Buffer.from('tfstate');
