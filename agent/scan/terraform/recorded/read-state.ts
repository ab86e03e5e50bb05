import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import type { JsonObject } from '#proto/domain/json.ts';
import type { RecordedStack } from './recorded.ts';
import { readV3 } from './v3.ts';
import { readV4 } from './v4.ts';

const StateHead = z.object({
  version: z.number(),
  lineage: z.string().nullish(),
  serial: z.number().int().nonnegative().nullish(),
});

/**
 * Reads a state file's content.
 * @throws Fault `state-version-unsupported`, `state-unreadable`
 */
export function readState(content: JsonObject, source: string): RecordedStack {
  const head = StateHead.safeParse(content);
  if (!head.success) throw new Fault('state-unreadable', { source, where: head.error.issues[0]?.path.join('.') ?? '' });
  const { version, lineage, serial = null } = head.data;
  const body = readBody(version, content, source);
  return { lineage: lineage || null, serial, ...body };
}

function readBody(version: number, content: JsonObject, source: string): Omit<RecordedStack, 'lineage' | 'serial'> {
  if (version === 4) return readV4(content, source);
  if (version === 3) return readV3(content, source);
  throw new Fault('state-version-unsupported', { source, version });
}
