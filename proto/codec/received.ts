import { maxChunkBytes } from '#proto/domain/fact.ts';
import { Fault } from '#proto/domain/fault.ts';

/**
 * What one message on the wire turned out to be. Decoding never throws: the stream decides what a malformed message
 * costs its sender, and a kind that this version does not know costs nothing.
 */
export type Received<Frame> =
  | { readonly kind: 'frame'; readonly frame: Frame }
  /** A fact in its place whose body has no meaning here; it is set aside, or it would block those behind it. */
  | { readonly kind: 'meaningless-fact'; readonly seq: number; readonly fault: Fault }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'malformed'; readonly fault: Fault };

export const unknown: Received<never> = { kind: 'unknown' };

/** Twice the largest chunk: no frame of ours comes near it. The transport's own bound lies above, and cannot say why. */
const maxFrameBytes = 2 * maxChunkBytes;

/** Decodes one message, whatever it holds. */
export function receive<Message, Frame>(
  bytes: Buffer,
  deserialize: (bytes: Buffer) => Message,
  decode: (message: Message) => Received<Frame>,
): Received<Frame> {
  if (bytes.length > maxFrameBytes) return { kind: 'malformed', fault: new Fault('request-too-large', { bytes: bytes.length, maxBytes: maxFrameBytes }) };
  try {
    return decode(deserialize(bytes));
  } catch (cause) {
    return { kind: 'malformed', fault: new Fault('protocol-violated', { bytes: bytes.length }, { cause }) };
  }
}
