import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { z } from 'zod';
import { maxSourceBytes } from '../../source/read-bytes.ts';

/** By what a state is told from another, and from itself later. */
export interface StateHeader {
  readonly lineage: string | null;
  readonly serial: number | null;
}

const Header = z.object({ lineage: z.string(), serial: z.number().int() });

/**
 * Of which state a plan is, as the file of the plan itself says: a zip with the state in it. Null where it is none, as
 * OpenTofu's are when it encrypts them, or is damaged.
 */
export async function stateOfPlan(path: string): Promise<StateHeader | null> {
  const file = await open(path);
  try {
    const bytes = await entryOf(file, 'tfstate');
    return bytes === null ? null : headerOf(bytes);
  } finally {
    await file.close();
  }
}

/** A state that was never written has neither. */
export function headerOf(state: Buffer): StateHeader {
  const { data } = Header.safeParse(parsed(state.toString('utf8')));
  return data === undefined || data.lineage === '' ? { lineage: null, serial: null } : data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const endLength = 22;
const maxComment = 65_535;
const maxDirectoryBytes = 16 * 1024 * 1024;
const inflate = promisify(inflateRaw);

/** One entry of a zip (APPNOTE.TXT 4.3.7, 4.3.12 and 4.3.16), found from its end as it should be, or null. */
async function entryOf(file: FileHandle, name: string): Promise<Buffer | null> {
  const { size } = await file.stat();
  const tail = await read(file, Math.max(0, size - endLength - maxComment), size);
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + endLength > tail.length) return null;
  const from = tail.readUInt32LE(end + 16);
  const length = tail.readUInt32LE(end + 12);
  if (from + length > size || length > maxDirectoryBytes) return null;
  const directory = await read(file, from, from + length);
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50; ) {
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    if (directory.toString('utf8', at + 46, nameEnd) === name) return await contentOf(file, { method: directory.readUInt16LE(at + 10), checksum: directory.readUInt32LE(at + 16), packed: directory.readUInt32LE(at + 20), head: directory.readUInt32LE(at + 42) });
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return null;
}

interface Entry {
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly head: number;
}

async function contentOf(file: FileHandle, { method, checksum, packed, head }: Entry): Promise<Buffer | null> {
  const local = await read(file, head, head + 30);
  if (local.length < 30) return null;
  const from = head + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  const bytes = await read(file, from, from + packed);
  const content = method === 8 ? await inflate(bytes, { maxOutputLength: maxSourceBytes }).catch(() => null) : bytes;
  return content !== null && crc32(content) === checksum ? content : null;
}

async function read(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, Math.min(to - from, maxSourceBytes))), 0, null, from);
  return buffer.subarray(0, bytesRead);
}
