import { linkServerMethod } from '#proto/codec/link-method.ts';
import { EnrollmentService } from '#proto/codec/services.ts';
import { headersIn, messagesIn } from './grpc-transcript.ts';
import type { Overheard } from './tap.ts';
import { readTls } from './tls-transcript.ts';

/** Everything that crossed the wire, without TLS, compression of headers and cuts between frames. */
export interface Transcript {
  /** How many of each kind of frame and fact an agent sent, by its kind. */
  readonly kinds: Readonly<Record<string, number>>;
  /** What is searched, by what it is; one character for each byte. */
  readonly said: Readonly<Record<string, string>>;
}

/** @throws where anything of it cannot be read: what nobody can read, nobody has looked at */
export async function readStreams(connections: readonly Overheard[], keyLog: string): Promise<Transcript> {
  const kinds: Record<string, number> = {};
  const streams = await readConnections(connections, keyLog);
  const whole: Buffer[] = [];
  for (const bytes of streams.sent) {
    const received = linkServerMethod.requestDeserialize(bytes);
    if (received.kind !== 'frame') throw new Error(`a message of ${bytes.length} bytes is ${received.kind}`);
    const { frame } = received;
    const kind = frame.kind === 'fact' ? frame.fact.body.kind : frame.kind;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    if (frame.kind === 'fact' && 'data' in frame.fact.body) whole.push(Buffer.from(frame.fact.body.data));
  }
  return { kinds, said: { ...streams.said, 'reports and output, joined': Buffer.concat(whole).toString('latin1') } };
}

export async function readEnrolments(connections: readonly Overheard[], keyLog: string): Promise<Transcript> {
  const { sent, said } = await readConnections(connections, keyLog);
  const requests = sent.map((bytes) => EnrollmentService.service.Enroll.requestDeserialize(bytes));
  return { kinds: { enroll: requests.filter(({ csr }) => csr.length > 0).length }, said };
}

async function readConnections(connections: readonly Overheard[], keyLog: string): Promise<{ readonly sent: readonly Buffer[]; readonly said: Record<string, string> }> {
  const answeredOnes = connections.filter(({ fromServer }) => fromServer.length > 0); // any other came no further than its first greeting
  const opened = answeredOnes.map((connection) => readTls(connection, keyLog));
  const headers = await Promise.all(opened.map(({ fromClient }) => headersIn(fromClient)));
  const sent = opened.flatMap(({ fromClient }) => messagesIn(fromClient));
  const answered = opened.flatMap(({ fromServer }) => messagesIn(fromServer));
  return {
    sent,
    said: {
      'the bytes on the wire': latin1(connections.flatMap(({ fromClient, fromServer }) => [fromClient, fromServer])),
      'the bytes under TLS': latin1(opened.flatMap(({ fromClient, fromServer }) => [fromClient, fromServer])),
      'the headers of calls': JSON.stringify(headers),
      'what the agent sent': latin1(sent),
      'what it was answered': latin1(answered),
    },
  };
}

function latin1(pieces: readonly Buffer[]): string {
  return pieces.map((piece) => piece.toString('latin1')).join('\n');
}
