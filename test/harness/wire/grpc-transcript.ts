import { performServerHandshake, type IncomingHttpHeaders } from 'node:http2';
import { Duplex } from 'node:stream';

/** The gRPC messages that one side of a connection sent, by stream. */
export function messagesIn(side: Buffer): readonly Buffer[] {
  const bodies = new Map<number, Buffer[]>();
  for (const { type, flags, stream, payload } of framesIn(side)) {
    if (type !== 0) continue;
    const isPadded = (flags & 8) !== 0;
    const data = isPadded ? payload.subarray(1, payload.length - (payload[0] ?? 0)) : payload;
    bodies.set(stream, [...(bodies.get(stream) ?? []), data]);
  }
  return [...bodies.values()].flatMap((pieces) => [...prefixed(Buffer.concat(pieces))]);
}

/** The headers of every call that a client made, as text; they cross the wire compressed. */
export async function headersIn(fromClient: Buffer): Promise<readonly IncomingHttpHeaders[]> {
  const calls = [...framesIn(fromClient)].filter(({ type }) => type === 1).length;
  if (calls === 0) return [];
  const heard: IncomingHttpHeaders[] = [];
  const all = Promise.withResolvers<void>();
  const wire = new Duplex({ read() {}, write: (_piece, _encoding, done) => done() });
  const session = performServerHandshake(wire);
  session.on('error', all.reject);
  session.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    heard.push(headers);
    if (heard.length === calls) all.resolve();
  });
  wire.push(fromClient);
  await all.promise;
  session.destroy();
  return heard;
}

interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

/** RFC 9113, section 4.1. */
function* framesIn(side: Buffer): Generator<Frame> {
  let at = side.subarray(0, preface.length).toString('latin1') === preface ? preface.length : 0;
  while (at + 9 <= side.length) {
    const end = at + 9 + side.readUIntBE(at, 3);
    yield { type: side[at + 3] ?? 0, flags: side[at + 4] ?? 0, stream: side.readUInt32BE(at + 5) & 0x7fffffff, payload: side.subarray(at + 9, end) };
    at = end;
  }
}

/** Each message has a byte, which says whether it is compressed, and its length before it. */
function* prefixed(body: Buffer): Generator<Buffer> {
  for (let at = 0; at + 5 <= body.length; ) {
    if (body[at] !== 0) throw new Error('a compressed message, which nobody here would look into');
    const end = at + 5 + body.readUInt32BE(at + 1);
    yield body.subarray(at + 5, end);
    at = end;
  }
}
