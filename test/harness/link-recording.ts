import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What went over the wire between an agent and a server of one version, message by message, in base64. */
export const LinkRecording = z.object({
  schema: z.literal('dd0c.link-recording/v1'),
  version: z.string(),
  /** One a session: what the agent said, and what it heard. */
  sessions: z.array(z.object({ agent: z.array(z.string()), server: z.array(z.string()) })),
  /** `AgentService/Renew`, asked and answered. */
  renewal: z.object({ request: z.string(), response: z.string() }),
  /** The stacks that were reported, in order, with how many findings. */
  reported: z.array(z.object({ stack: z.string(), findings: z.number() })),
});
export type LinkRecording = z.infer<typeof LinkRecording>;

const folder = fileURLToPath(new URL('../golden/link', import.meta.url));

/** Every version of which a recording is kept. */
export function linkRecordings(): readonly LinkRecording[] {
  return readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => LinkRecording.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
}

/** Where the recording of a version lies. */
export function recordingFile(version: string): string {
  return join(folder, `${version}.json`);
}

/** The same message as a later version might write it: with fields that nobody here knows, at its top and in its one part. */
export function asIfNewer(message: Buffer): Buffer {
  const added = Buffer.concat([varint((2_001 << 3) | 0), varint(7), varint((2_002 << 3) | 2), varint(3), Buffer.from('new')]);
  const head = readVarint(message, 0);
  if ((head.value & 7) !== 2) return Buffer.concat([message, added]);
  const length = readVarint(message, head.next);
  const end = length.next + length.value;
  const part = Buffer.concat([message.subarray(length.next, end), added]);
  return Buffer.concat([varint(head.value), varint(part.length), part, message.subarray(end), added]);
}

/** A message of a kind that nobody here knows. */
export function ofUnknownKind(): Buffer {
  return Buffer.concat([varint((999 << 3) | 2), varint(5), Buffer.from('later')]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.from(bytes);
}

function readVarint(bytes: Buffer, from: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let at = from, shift = 0; ; at += 1, shift += 7) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if ((byte & 0x80) === 0) return { value, next: at + 1 };
  }
}
