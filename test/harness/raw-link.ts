import { Client, credentials, Metadata, status, type StatusObject } from '@grpc/grpc-js';
import { checkServerIdentity } from 'node:tls';
import type { SendableFrame } from '#proto/codec/agent-frame.ts';
import { faultFromStatus } from '#proto/codec/fault-status.ts';
import { linkClientMethod } from '#proto/codec/link-method.ts';
import type { FactBody } from '#proto/domain/fact.ts';
import type { ControlFrame } from '#proto/domain/frame.ts';
import { scrubbed } from '#test/fakes/facts.ts';

/** A stream in the hands of somebody who need not keep to the rules. */
export interface RawLink {
  send(frame: SendableFrame): void;
  fact(seq: number, body: FactBody): void;
  bytes(message: Buffer): void;
  /** The next frame of this kind, whether it came already or not. */
  next<Kind extends ControlFrame['kind']>(kind: Kind): Promise<Extract<ControlFrame, { kind: Kind }>>;
  finish(): void;
  close(): void;
  /** How the server ended it. */
  readonly ended: Promise<{ readonly code: string; readonly fault: string | null; readonly details: string }>;
}

export interface RawCredentials {
  readonly key: string;
  readonly certificateChain: string;
}

export function rawLink(address: string, trustBundle: string, own: RawCredentials | null): RawLink {
  const secure = credentials.createSsl(Buffer.from(trustBundle), own && Buffer.from(own.key), own && Buffer.from(own.certificateChain), {
    checkServerIdentity: (_, certificate) => checkServerIdentity('127.0.0.1', certificate),
  });
  const client = new Client(address, secure, { 'grpc.ssl_target_name_override': 'raw.invalid', 'grpc.use_local_subchannel_pool': 1, 'grpc.enable_retries': 0 });
  const call = client.makeBidiStreamRequest(linkClientMethod.path, (bytes: Buffer) => bytes, linkClientMethod.deserialize, new Metadata());
  const over = Promise.withResolvers<StatusObject>();
  const came: ControlFrame[] = [];
  const waiting: { kind: string; resolve: (frame: ControlFrame) => void }[] = [];

  call.on('error', () => {});
  call.on('status', (end: StatusObject) => {
    over.resolve(end);
    client.close();
  });
  call.on('data', (received) => {
    if (received.kind !== 'frame') return;
    const index = waiting.findIndex(({ kind }) => kind === received.frame.kind);
    if (index === -1) came.push(received.frame);
    else waiting.splice(index, 1)[0]?.resolve(received.frame);
  });

  return {
    send: (frame) => call.write(linkClientMethod.serialize(frame)),
    fact: (seq, body) => call.write(linkClientMethod.serialize({ kind: 'fact', fact: scrubbed({ seq, body }) })),
    bytes: (message) => call.write(message),
    async next<Kind extends ControlFrame['kind']>(kind: Kind) {
      const index = came.findIndex((frame) => frame.kind === kind);
      const frame = index === -1 ? await new Promise<ControlFrame>((resolve) => waiting.push({ kind, resolve })) : came.splice(index, 1)[0];
      return frame as Extract<ControlFrame, { kind: Kind }>;
    },
    finish: () => call.end(),
    close: () => call.cancel(),
    ended: over.promise.then((end) => ({ code: status[end.code], fault: faultFromStatus(end)?.code ?? null, details: end.details })),
  };
}

/** A well-behaved Hello. */
export function hello(spoolId: string, lastSeq = 0): SendableFrame {
  return { kind: 'hello', agentVersion: '0.1.0', capabilities: [], spoolId, lastSeq, hostname: 'host', os: 'linux', arch: 'x64' };
}
