import { isIP } from 'node:net';
import { checkServerIdentity } from 'node:tls';
import { Client, credentials, type ChannelOptions, Metadata, status, type StatusObject } from '@grpc/grpc-js';
import type { SendableFrame } from '#proto/codec/agent-frame.ts';
import { faultFromStatus } from '#proto/codec/fault-status.ts';
import { linkClientMethod } from '#proto/codec/link-method.ts';
import type { Received } from '#proto/codec/received.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { ControlFrame } from '#proto/domain/frame.ts';
import { splitAddress } from './address.ts';
import type { LinkIdentity } from './link-identity.ts';

/** One gRPC stream to the control plane, whatever the library calls its parts. */
export interface LinkStream {
  /** False where the transport wants no more for now: await `writable`. */
  write(frame: SendableFrame): boolean;
  /** Resolves when the transport takes more, or when the stream has ended. */
  writable(): Promise<void>;
  /** Nothing more will be written; the server may still answer. */
  finish(): void;
  cancel(): void;
  /** Resolves when the stream is over: with null where the server ended it in peace, else with the reason. */
  readonly ended: Promise<Fault | null>;
}

const options: ChannelOptions = {
  'grpc.keepalive_time_ms': 30_000, // load balancers cut links that are idle for 350 s
  'grpc.keepalive_timeout_ms': 15_000,
  'grpc.enable_retries': 0, // the link's own waiting has jitter
  'grpc.use_local_subchannel_pool': 1, // each attempt begins without the last one's backoff
  'grpc.max_receive_message_length': 1024 * 1024,
};

/** TLS takes no address as server name, and the library would send one; the certificate is checked for the address. */
const nameForAddress: ChannelOptions = { 'grpc.ssl_target_name_override': 'control-plane.invalid' };

/** Opens a stream with mutual TLS; that it failed is told by `ended`. */
export function openLinkStream(identity: LinkIdentity, onReceived: (received: Received<ControlFrame>) => void): LinkStream {
  const { key, certificateChain, trustBundle } = identity;
  const { host } = splitAddress(identity.address);
  const secure = credentials.createSsl(Buffer.from(trustBundle), Buffer.from(key), Buffer.from(certificateChain), {
    checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate),
  });
  const client = new Client(identity.address, secure, isIP(host) === 0 ? options : { ...options, ...nameForAddress });
  const call = client.makeBidiStreamRequest(linkClientMethod.path, linkClientMethod.serialize, linkClientMethod.deserialize, new Metadata());
  const over = Promise.withResolvers<Fault | null>();
  const done = Promise.withResolvers<void>();
  let drained = Promise.withResolvers<void>();
  let isFull = false;

  call.on('data', onReceived);
  call.on('drain', () => {
    isFull = false;
    drained.resolve();
  });
  call.on('error', () => {}); // `status` tells the same, and comes also where all is well
  call.on('status', (end: StatusObject) => {
    over.resolve(toFault(end));
    done.resolve();
    client.close();
  });

  return {
    write(frame) {
      const roomy = call.write(frame);
      if (!roomy && !isFull) drained = Promise.withResolvers<void>(); // one that somebody waits for already is kept
      isFull ||= !roomy;
      return roomy;
    },
    // after a cancel `drain` never comes, so the end counts too
    writable: () => Promise.race([drained.promise, done.promise]),
    finish: () => call.end(),
    cancel: () => call.cancel(),
    ended: over.promise,
  };
}

function toFault(end: StatusObject): Fault | null {
  if (end.code === status.OK) return null;
  return faultFromStatus(end) ?? new Fault('server-unreachable', { status: status[end.code], reason: end.details });
}
